"""Whether two runs, or two blocks of them, are the same in all that is told of them."""

from dataclasses import fields
from types import ModuleType

import numpy as np
import pytest

from minsksim import compile_scenario, load_scenario, simulate
from minsksim._compiled import loading
from minsksim.analysis.story import tell
from minsksim.engine.arrays.compile import Compiled
from minsksim.engine.batch import Block
from minsksim.engine.record.run import Run


def assert_same_story(run: Run, again: Run) -> None:
    """Check that nothing tells two runs apart: not an agreement, a threat, a type or a bit."""
    for field in fields(Run):
        if field.name != "record":
            assert getattr(run, field.name) == getattr(again, field.name), field.name
    assert run.record.axes == again.record.axes
    for name in ("series", "public", "utilities", "contributions"):
        assert getattr(run.record, name).tobytes() == getattr(again.record, name).tobytes(), name
        assert getattr(run, name).equals(getattr(again, name)), name
    assert tell(run) == tell(again)


def played(compiled: Compiled, form: object, replications: tuple[int, ...], seed: int = 3) -> Block:
    """Return traced runs, each at a point of its own, by one form of the kernel."""
    rows = np.arange(len(replications))
    points = np.tile(compiled.numbers, (len(replications), 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("minsksim.engine.batch.fastest", lambda *_: form)
        return simulate(compiled, points, rows, np.array(replications), seed, is_traced=True)


def kernel_at(level: ModuleType) -> object:
    """Return the kernel as one compiled form makes it."""
    kept = []

    def keep(function, *arguments):
        kept.append(loading.compiled(function, arguments, level))
        return kept[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("minsksim.engine.batch.fastest", keep)
        first = np.zeros(1, np.int64)
        compiled = compile_scenario(load_scenario("split_the_pie"))
        simulate(compiled, compiled.numbers[None, :], first, first, 0)
    return kept[0]


def differing(one: Block, other: Block) -> list[str]:
    """Return the fields in which two blocks differ by a bit."""
    found = []
    for name, value in vars(one).items():
        twin = vars(other)[name]
        pairs = vars(value).items() if hasattr(value, "__dict__") else [("", value)]
        for inner, array in pairs:
            same = vars(twin)[inner] if inner else twin
            if array.tobytes() != same.tobytes():
                found.append(f"{name}.{inner}")
    return found


def bits(array: object) -> bytes:
    """Return the bytes of an array."""
    return np.ascontiguousarray(array, dtype=np.float64).tobytes()


def assert_same_run(run: Run, block: Block, row: int, compiled: Compiled) -> None:
    """Check every recorded array of one run."""
    assert block.series is not None
    assert block.public is not None
    assert block.utilities is not None
    assert block.contributions is not None
    assert bits(run.series) == bits(block.series[row])
    assert bits(run.public) == bits(block.public[row])
    assert bits(run.utilities) == bits(block.utilities[row])
    assert bits(run.contributions["value"]) == bits(block.contributions[row].ravel())
    assert bits(list(run.measures.values())) == bits(block.measures[row])
    table = block.agreements
    assert table is not None
    rows = np.nonzero(table.run == row)[0]
    assert len(rows) == len(run.agreements)
    for at, agreement in zip(rows, run.agreements, strict=True):
        assert agreement.turn == table.turn[at]
        assert agreement.channel == compiled.axes.channels[table.channel[at]]
        # rows are as wide as the largest table; a smaller one leaves the rest at 0
        parties = len(agreement.parties)
        assert bits(list(agreement.gains.values())) == bits(table.gain[at, :parties])
        assert list(agreement.kept.values()) == [bool(kept) for kept in table.kept[at, :parties]]
        assert not table.gain[at, parties:].any()
        assert bits(list(agreement.externalities.values())) == bits(table.externalities[at])
        for move in agreement.moves:
            lever = compiled.axes.levers.index(move.lever)
            assert (move.before, move.after) == (table.before[at, lever], table.after[at, lever])
