"""Shards in canonical order, as pieces of the final tables.

Rows are sorted by scenario (base first), point, replication and turn, whatever order the blocks
were done in and however they were cut; no table is ever held whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, groupby
from typing import Any

import numpy as np
import pyarrow as pa

from minsksim.errors import ResultDamaged
from minsksim.experiment.running.plan import Plan, Task
from minsksim.experiment.storage.parquet import decode, read_checked
from minsksim.experiment.storage.store import Store
from minsksim.scenario.dates import turn_dates

_KEYS = {
    "runs": {"point", "replication", "status"},
    "series": {"point", "replication", "turn"},
    "contributions": {"point", "replication", "turn"},
    "agreements": {"point", "replication", "turn"},
}
_PAIRS_FROM = 3
"""Columns of a contributions shard before the first pair of actor and interest."""


def read_shard(store: Store, task: Task, kind: str, columns: Sequence[str] | None = None) -> Any:
    """Return a published shard as a table, its hash and page checksums verified."""
    path, sha256 = store.shard(task.key, kind)
    table = decode(read_checked(path, sha256), path, columns)
    if columns is None and not _KEYS[kind] <= set(table.column_names):
        raise ResultDamaged(f"{path}: not a shard of this sweep. Move the folder away.")
    return table


def ordered(
    plan: Plan,
    store: Store,
    tasks: Sequence[Task],
    kind: str,
    columns: Sequence[str] | None = None,
) -> Iterator[Any]:
    """Yield the shards of one scenario by (point, replication), whatever rounds they are of.

    One round is in order as it is; several rounds of several points are merged point by point.
    Of some ``columns``, ``point`` must be one.
    """
    size = plan.question.round_size
    held = [task for task in tasks if store.holds(task.key, kind)]
    rounds = [
        _read(store, list(group), kind, columns)
        for _, group in groupby(held, key=lambda task: task.start // size)
    ]
    if len(rounds) == 1 or plan.question.design.points == 1:
        yield from chain.from_iterable(rounds)
    else:
        yield from merge(*map(_split, rounds), key=_first_point)


def _read(
    store: Store, tasks: Sequence[Task], kind: str, columns: Sequence[str] | None
) -> Iterator[Any]:
    for task in tasks:
        yield read_shard(store, task, kind, columns)


def _split(shards: Iterable[Any]) -> Iterator[Any]:
    """Cut the shards of a round, which are in order, into pieces of one point each."""
    for table in shards:
        point = table.column("point").to_numpy()
        starts = [0, *(np.flatnonzero(np.diff(point)) + 1).tolist()]
        for start, stop in zip(starts, [*starts[1:], len(point)], strict=True):
            if stop > start:
                yield table.slice(start, stop - start)


def _first_point(table: Any) -> int:
    return int(table.column("point")[0].as_py())


def _runs(plan: Plan, store: Store) -> Iterator[Any]:
    design = plan.question.design
    for scenario in range(len(plan.compiled)):
        for shard in ordered(plan, store, list(plan.blocks(scenario)), "runs"):
            table = _named(shard, plan, scenario)
            # of this shard only: the whole design may be larger than what is left of memory
            values = np.ascontiguousarray(design.values[table.column("point").to_numpy()].T)
            varied = {name: pa.array(values[i]) for i, name in enumerate(design.names)}
            yield pa.table(dict(zip(table.column_names, table.columns, strict=True)) | varied)


def _series(plan: Plan, store: Store) -> Iterator[Any]:
    for scenario, table in _sampled(plan, store, "series"):
        yield _dated(_named(table, plan, scenario), plan, scenario)


def _agreements(plan: Plan, store: Store) -> Iterator[Any]:
    for scenario, table in _sampled(plan, store, "agreements"):
        yield _dated(_named(table, plan, scenario), plan, scenario)


def _contributions(plan: Plan, store: Store) -> Iterator[Any]:
    """Yield the tidy form, without the pairs that are zero in every run of a scenario."""
    moving: dict[int, set[str]] = {}
    for scenario, table in _sampled(plan, store, "contributions"):
        names = table.column_names[_PAIRS_FROM:]
        found = moving.setdefault(scenario, set())
        found.update(name for name in names if np.any(table.column(name).to_numpy() != 0))
    for scenario, table in _sampled(plan, store, "contributions"):
        pairs = [name for name in table.column_names[_PAIRS_FROM:] if name in moving[scenario]]
        if pairs:
            yield _tidy(table, pairs, plan, scenario)


def _tidy(table: Any, pairs: list[str], plan: Plan, scenario: int) -> Any:
    count, rows = len(pairs), table.num_rows
    values = np.stack([table.column(name).to_numpy() for name in pairs], axis=1)
    keys = {
        name: np.repeat(table.column(name).to_numpy(), count)
        for name in ("point", "replication", "turn")
    }
    actors, interests = zip(*(name.split(" ") for name in pairs), strict=True)
    tidy = pa.table(
        {
            **{name: pa.array(key) for name, key in keys.items()},
            "actor": pa.array(np.tile(np.array(actors, dtype=object), rows), pa.string()),
            "interest": pa.array(np.tile(np.array(interests, dtype=object), rows), pa.string()),
            "value": pa.array(values.ravel()),
        }
    )
    return _dated(_named(tidy, plan, scenario), plan, scenario)


def _sampled(plan: Plan, store: Store, kind: str) -> Iterator[tuple[int, Any]]:
    for scenario in range(len(plan.compiled)):
        for table in ordered(plan, store, list(plan.samples(scenario)), kind):
            yield scenario, table


def _named(table: Any, plan: Plan, scenario: int) -> Any:
    name = plan.question.scenarios[scenario].name
    return table.append_column("scenario", pa.array([name] * table.num_rows, pa.string()))


def _dated(table: Any, plan: Plan, scenario: int) -> Any:
    calendar = plan.question.scenarios[scenario].document.calendar
    dates = np.array(turn_dates(calendar), dtype="datetime64[D]")
    turn = table.column("turn").to_numpy()
    return table.append_column("date", pa.array(dates[turn], pa.date32()))


PIECES: dict[str, Callable[[Plan, Store], Iterator[Any]]] = {
    "runs": _runs,
    "series": _series,
    "contributions": _contributions,
    "agreements": _agreements,
}
