"""From blocks of runs to the tables of a shard, one scenario each.

A failed run keeps its row, its status and no measures. In the sample a failed run is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from minsksim.engine.arrays.axes import COSTS, REGARD
from minsksim.engine.record.run import ORDINALS, worst_hit
from minsksim.experiment.running.kernel import Block, Compiled, Floats, Ints

if TYPE_CHECKING:
    from minsksim.experiment.question.question import Question
    from minsksim.scenario.schema import Document

Kept: TypeAlias = npt.NDArray[np.bool_]
"""Which runs of a block keep a table."""

Table: TypeAlias = Any
"""A ``pyarrow.Table``; the library has no types."""


@dataclass(frozen=True)
class Done:
    """What a block's runs came to.

    Attributes
    ----------
    numbers : int64[R]
        Numbers of the runs that were simulated.
    pieces : tuple of Block
        Their results, in that order.
    skipped : dict of int to int
        Status of the runs that were not simulated, by number.
    """

    numbers: Ints
    pieces: tuple[Block, ...]
    skipped: dict[int, int]


def runs_shard(question: Question, compiled: Compiled, done: Done) -> Table:
    """Return point, replication, status and measures of a block."""
    lost = len(done.skipped)
    numbers = np.concatenate([done.numbers, np.array(list(done.skipped), np.int64)])
    codes = np.array(list(done.skipped.values()), np.int64)
    status = np.concatenate([*(piece.status for piece in done.pieces), codes])
    missing = np.full((lost, len(compiled.measures)), np.nan)
    measures = np.concatenate([*(piece.measures for piece in done.pieces), missing])
    order = np.argsort(numbers, kind="stable")
    point, replication = question.numbered(numbers[order])
    status, measures = status[order], measures[order]
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
    question: Question,
    document: Document,
    compiled: Compiled,
    done: Done,
    keep: Mapping[str, Kept],
) -> dict[str, Table]:
    """Return the tables of the kinds asked for, of those finished runs that keep each."""
    if not done.pieces:
        return {}
    finished = np.concatenate([piece.status for piece in done.pieces]) == 0
    point, replication = question.numbered(done.numbers)
    shards = {}
    for kind, kept in keep.items():
        ok = finished & kept
        if kind == "agreements":
            runs = (point, replication, ok)
            shards[kind] = _agreements(runs, document, compiled, done.pieces)
            continue
        keys = _turn_keys(point[ok], replication[ok], compiled.turns)
        columns = (
            _series(document, compiled, done.pieces, ok)
            if kind == "series"
            else _contributions(compiled, done.pieces, ok)
        )
        shards[kind] = pa.table(keys | columns)
    return shards


def _contributions(compiled: Compiled, pieces: Sequence[Block], ok: Kept) -> dict[str, Any]:
    """Return what each interest adds to each actor's utility, a column for each pair."""
    parts = _whole(pieces, "contributions")[ok]
    names = [
        f"{actor} {interest}"
        for actor in compiled.actors
        for interest in (*compiled.interests, REGARD, COSTS)
    ]
    # said in numbers, for where every run failed nothing is left to reckon the last axis from
    return _wide(names, parts.reshape(*parts.shape[:2], len(names)))


def _series(
    document: Document, compiled: Compiled, pieces: Sequence[Block], ok: Kept
) -> dict[str, Any]:
    series = _wide(compiled.quantities, _whole(pieces, "series")[ok])
    secret = [name for name, lever in document.levers.items() if lever.secret]
    if secret:
        levers = list(document.levers)
        public = _whole(pieces, "public")[ok][:, :, [levers.index(name) for name in secret]]
        series |= _wide([f"public.levers.{name}" for name in secret], public)
    utilities = _whole(pieces, "utilities")[ok]
    return series | _wide([f"utility.{actor}" for actor in compiled.actors], utilities)


def _agreements(
    runs: tuple[Ints, Ints, Kept],
    document: Document,
    compiled: Compiled,
    pieces: Sequence[Block],
) -> Table:
    """Return one row for each agreement: parties' gains, everybody's externalities, the moves."""
    point, replication, ok = runs
    found: dict[str, Any] = {}
    for name in ("turn", "channel", "gain", "kept", "externalities", "before", "after"):
        found[name] = np.concatenate([getattr(piece.agreements, name) for piece in pieces])
    offsets = np.cumsum([0, *(len(piece.status) for piece in pieces)])
    row = np.concatenate(
        [np.asarray(piece.agreements.run) + offsets[i] for i, piece in enumerate(pieces)]  # type: ignore[union-attr]
    )
    sound = ok[row]
    found = {name: values[sound] for name, values in found.items()}
    names = list(document.channels)
    channel = [names[index] for index in found["channel"]]
    externalities = found["externalities"]
    columns = {
        "point": pa.array(point[row[sound]], pa.int32()),
        "replication": pa.array(replication[row[sound]], pa.int32()),
        "turn": pa.array(found["turn"], pa.int32()),
        "channel": pa.array(channel, pa.string()),
        **_by_party(document, found["channel"], found["gain"], found["kept"]),
        "public": pa.array([document.channels[name].public for name in channel], pa.bool_()),
    }
    columns |= _blocking(document, compiled.actors, found["channel"], externalities)
    columns |= {
        f"externality.{actor}": _floats(externalities[:, index])
        for index, actor in enumerate(compiled.actors)
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
    document: Document, actors: Sequence[str], channel: Ints, externalities: Floats
) -> dict[str, Any]:
    """Return the outsider that loses most by each agreement, and how much (utils)."""
    parties = [one.between for one in document.channels.values()]
    found = [
        worst_hit(dict(zip(actors, changes, strict=True)), parties[index])
        for index, changes in zip(channel, externalities.tolist(), strict=True)
    ]
    return {
        "blocker": pa.array([blocker for blocker, _ in found], pa.string()),
        "blocking_worth": pa.array([worth for _, worth in found], pa.float64()),
    }


def _turn_keys(points: Ints, replications: Ints, turns: int) -> dict[str, Any]:
    steps = turns + 1
    return {
        "point": pa.array(np.repeat(points, steps), pa.int32()),
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
