"""Shards in canonical order, as pieces of the final tables.

Rows are sorted by scenario (base first), point, replication and turn, whatever order the blocks
were done in and however they were cut; no table is ever held whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from minsksim.engine.names import calendar_dates
from minsksim.experiment.parquet import decode, read_checked
from minsksim.experiment.plan import Plan, Task
from minsksim.experiment.store import Store

_PAIRS_FROM = 2
"""Columns of a contributions shard before the first pair of actor and interest."""


def read_shard(store: Store, task: Task, kind: str) -> Any:
    """Return a published shard as a table, its hash and page checksums verified."""
    path, sha256 = store.shard(task.key, kind)
    return decode(read_checked(path, sha256), path)


def _runs(plan: Plan, store: Store) -> Iterator[Any]:
    design = plan.question.design
    values = np.ascontiguousarray(design.values.T)
    for scenario in range(len(plan.compiled)):
        for task in plan.blocks(scenario):
            table = _named(read_shard(store, task, "runs"), plan, task)
            point = table.column("point").to_numpy()
            varied = {
                name: pa.array(values[index][point]) for index, name in enumerate(design.names)
            }
            yield pa.table(dict(zip(table.column_names, table.columns, strict=True)) | varied)


def _series(plan: Plan, store: Store) -> Iterator[Any]:
    for task in _samples(plan):
        table = _named(read_shard(store, task, "series"), plan, task)
        yield _dated(table, plan, task, table.column("turn").to_numpy())


def _agreements(plan: Plan, store: Store) -> Iterator[Any]:
    for task in _samples(plan):
        table = _named(read_shard(store, task, "agreements"), plan, task)
        # date t of the calendar is the end of turn t and the start of turn t + 1
        yield _dated(table, plan, task, table.column("turn").to_numpy() - 1)


def _contributions(plan: Plan, store: Store) -> Iterator[Any]:
    """Yield the tidy form, without the pairs that are zero in every run of a scenario."""
    for scenario in range(len(plan.compiled)):
        moving: set[str] = set()
        for task in plan.samples(scenario):
            table = read_shard(store, task, "contributions")
            names = table.column_names[_PAIRS_FROM:]
            moving.update(name for name in names if np.any(table.column(name).to_numpy() != 0))
        for task in plan.samples(scenario):
            table = read_shard(store, task, "contributions")
            pairs = [name for name in table.column_names[_PAIRS_FROM:] if name in moving]
            if pairs:
                yield _tidy(table, pairs, plan, task)


def _tidy(table: Any, pairs: list[str], plan: Plan, task: Task) -> Any:
    count, rows = len(pairs), table.num_rows
    values = np.stack([table.column(name).to_numpy() for name in pairs], axis=1)
    turn = np.repeat(table.column("turn").to_numpy(), count)
    replication = np.repeat(table.column("replication").to_numpy(), count)
    actors, interests = zip(*(name.split(" ") for name in pairs), strict=True)
    tidy = pa.table(
        {
            "replication": pa.array(replication),
            "turn": pa.array(turn),
            "actor": pa.array(np.tile(np.array(actors, dtype=object), rows), pa.string()),
            "interest": pa.array(np.tile(np.array(interests, dtype=object), rows), pa.string()),
            "value": pa.array(values.ravel()),
        }
    )
    return _dated(_named(tidy, plan, task), plan, task, turn)


def _samples(plan: Plan) -> Iterator[Task]:
    for scenario in range(len(plan.compiled)):
        yield from plan.samples(scenario)


def _named(table: Any, plan: Plan, task: Task) -> Any:
    name = plan.question.scenarios[task.scenario].name
    return table.append_column("scenario", pa.array([name] * table.num_rows, pa.string()))


def _dated(table: Any, plan: Plan, task: Task, place: Any) -> Any:
    calendar = plan.question.scenarios[task.scenario].document.calendar
    dates = np.array(calendar_dates(calendar), dtype="datetime64[D]")
    return table.append_column("date", pa.array(dates[place], pa.date32()))


PIECES: dict[str, Callable[[Plan, Store], Iterator[Any]]] = {
    "runs": _runs,
    "series": _series,
    "contributions": _contributions,
    "agreements": _agreements,
}
