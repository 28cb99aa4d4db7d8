"""From blocks of runs to the tables of a shard, one scenario each.

A failed run keeps its row, its status and no measures. In the sample a failed run is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa

from minsksim.engine.run import COSTS, ORDINALS, REGARD, worst_hit
from minsksim.experiment.kernel import Block, Compiled, Floats, Ints

if TYPE_CHECKING:
    from minsksim.experiment.plan import Task
    from minsksim.scenario.schema import Document

Table: TypeAlias = Any
"""A ``pyarrow.Table``; the library has no types."""


def runs_shard(task: Task, runs: int, compiled: Compiled, pieces: Sequence[Block]) -> Table:
    """Return point, replication, status and measures of a block."""
    status = np.concatenate([piece.status for piece in pieces])
    measures = np.concatenate([piece.measures for piece in pieces])
    point, replication = np.divmod(np.arange(task.start, task.stop), runs)
    columns = {
        "point": pa.array(point, pa.int32()),
        "replication": pa.array(replication, pa.int32()),
        "status": pa.array(status, pa.int32()),
    }
    for index, name in enumerate(compiled.measures):
        values = np.where(status == 0, measures[:, index], np.nan)
        columns[name] = _floats(values)
    return pa.table(columns)


def sample_shards(
    task: Task, document: Document, compiled: Compiled, pieces: Sequence[Block]
) -> dict[str, Table]:
    """Return the series, contributions and agreements of a block's finished runs."""
    ok = np.concatenate([piece.status for piece in pieces]) == 0
    number = np.arange(task.start, task.stop)
    keys = _turn_keys(number[ok], compiled.turns)
    series = keys | _wide(compiled.quantities, _whole(pieces, "series")[ok])
    secret = [name for name, lever in document.levers.items() if lever.secret]
    if secret:
        levers = list(document.levers)
        public = _whole(pieces, "public")[ok][:, :, [levers.index(name) for name in secret]]
        series |= _wide([f"public.levers.{name}" for name in secret], public)
    utilities = _whole(pieces, "utilities")[ok]
    series |= _wide([f"utility.{actor}" for actor in compiled.actors], utilities)
    parts = _whole(pieces, "contributions")[ok]
    names = [
        f"{actor} {interest}"
        for actor in compiled.actors
        for interest in (*compiled.interests, REGARD, COSTS)
    ]
    contributions = keys | _wide(names, parts.reshape(*parts.shape[:2], -1))
    return {
        "series": pa.table(series),
        "contributions": pa.table(contributions),
        "agreements": _agreements(number, ok, document, compiled, pieces),
    }


def _agreements(
    number: Ints, ok: Any, document: Document, compiled: Compiled, pieces: Sequence[Block]
) -> Table:
    """Return one row for each agreement: parties' gains, everybody's ledger, the moves."""
    found: dict[str, Any] = {}
    for name in ("turn", "channel", "gain", "kept", "ledger", "before", "after"):
        found[name] = np.concatenate([getattr(piece.agreements, name) for piece in pieces])
    offsets = np.cumsum([0, *(len(piece.status) for piece in pieces)])
    row = np.concatenate(
        [np.asarray(piece.agreements.run) + offsets[i] for i, piece in enumerate(pieces)]  # type: ignore[union-attr]
    )
    sound = ok[row]
    found = {name: values[sound] for name, values in found.items()}
    names = list(document.channels)
    channel = [names[index] for index in found["channel"]]
    ledger = found["ledger"]
    columns = {
        "replication": pa.array(number[row[sound]], pa.int32()),
        "turn": pa.array(found["turn"], pa.int32()),
        "channel": pa.array(channel, pa.string()),
        **_by_party(document, found["channel"], found["gain"], found["kept"]),
        "public": pa.array([document.channels[name].public for name in channel], pa.bool_()),
    }
    columns |= _blocking(document, compiled.actors, found["channel"], ledger)
    columns |= {
        f"ledger.{actor}": _floats(ledger[:, index]) for index, actor in enumerate(compiled.actors)
    }
    change = found["after"] - found["before"]
    for index, lever in enumerate(document.levers):
        moved = np.where(change[:, index] == 0, np.nan, change[:, index])
        columns[f"move.{lever}"] = _floats(moved)
    return pa.table(columns)


def _by_party(document: Document, channel: Ints, gain: Floats, kept: Ints) -> dict[str, Any]:
    """Return gain and kept of every party; null where a channel has fewer."""
    sizes = np.array([len(one.between) for one in document.channels.values()], dtype=np.int64)
    size = sizes[channel]
    columns: dict[str, Any] = {}
    for seat, place in zip(range(gain.shape[1]), ORDINALS, strict=False):
        columns[f"gain_{place}"] = _floats(np.where(seat < size, gain[:, seat], np.nan))
    for seat, place in zip(range(gain.shape[1]), ORDINALS, strict=False):
        columns[f"kept_{place}"] = pa.array(kept[:, seat] == 1, pa.bool_(), mask=seat >= size)
    return columns


def _blocking(
    document: Document, actors: Sequence[str], channel: Ints, ledger: Floats
) -> dict[str, Any]:
    """Return who outside the room loses most by each agreement, and how much (utils)."""
    parties = [one.between for one in document.channels.values()]
    found = [
        worst_hit(dict(zip(actors, changes, strict=True)), parties[index])
        for index, changes in zip(channel, ledger.tolist(), strict=True)
    ]
    return {
        "blocker": pa.array([blocker for blocker, _ in found], pa.string()),
        "blocking_worth": pa.array([worth for _, worth in found], pa.float64()),
    }


def _turn_keys(replications: Ints, turns: int) -> dict[str, Any]:
    steps = turns + 1
    return {
        "replication": pa.array(np.repeat(replications, steps), pa.int32()),
        "turn": pa.array(np.tile(np.arange(steps), len(replications)), pa.int32()),
    }


def _wide(names: Sequence[str], values: Floats) -> dict[str, Any]:
    """Return the last axis of values[R, T+1, n] as named columns."""
    flat = values.reshape(-1, values.shape[-1])
    return {name: _floats(flat[:, index]) for index, name in enumerate(names)}


def _whole(pieces: Sequence[Block], name: str) -> Floats:
    whole: Floats = np.concatenate([getattr(piece, name) for piece in pieces])
    return whole


def _floats(values: Floats) -> Any:
    return pa.array(np.ascontiguousarray(values), pa.float64(), from_pandas=True)
