"""Remarks on a scenario: from its file, and from a few runs at its own numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import Block, simulate
from minsksim.scenario import Given, Scenario, take_scenario
from minsksim.scenario.remarks import Remark, remarks_on

ADVICE_RUNS = 30
"""Runs of ``minsksim check --advice``."""


def remarks(scenario: Given, runs: int = 0) -> tuple[Remark, ...]:
    """Return what in a scenario does less than it seems to do.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, the name of a shipped one, or a file.
    runs : int
        Runs at the scenario's own numbers to look at besides the file: what could move, agree or
        change, and did not. 0 looks at the file alone.

    Returns
    -------
    tuple of Remark
        None of them is an error. Those of kind ``tried`` say what so many runs showed, and no more.

    Examples
    --------
    >>> [remark.of[0] for remark in remarks("minsk") if remark.kind == "still"]
    ['levers.port_access', 'levers.canada_supply', 'levers.eu_potash_relief']
    """
    case = take_scenario(scenario)
    found = remarks_on(case)
    return (*found, *_tried(case, found, runs)) if runs > 0 else found


def _tried(case: Scenario, known: tuple[Remark, ...], runs: int) -> Iterator[Remark]:
    """Yield what did not happen in so many runs, of what the file allows."""
    compiled = compile_scenario(case)
    rows = np.zeros(runs, np.int64)
    point = compiled.numbers[None, :]
    block = simulate(compiled, point, rows, np.arange(runs), 0, is_traced=True)
    named = {name for remark in known for name in remark.of}
    yield from _levers_that_stood(case, compiled, block, named)
    yield from _channels_that_never_agreed(case, block)
    yield from _interests_that_never_changed(case, block, named)


def _levers_that_stood(
    case: Scenario, compiled: Compiled, block: Block, named: set[str]
) -> Iterator[Remark]:
    assert block.series is not None
    asked = case.document.what_if
    held = {*asked.forbid, *asked.impose, *asked.drop} if asked else set()
    for name, lever in case.document.levers.items():
        values = block.series[:, :, compiled.quantities.index(f"levers.{name}")]
        if f"levers.{name}" in named or {name, f"levers.{name}"} & held or np.ptp(values, 1).any():
            continue
        yield Remark(
            "tried",
            (f"levers.{name}",),
            f"{name} could move and never did in {len(values)} runs at the base numbers.",
            f"See whether anybody gains: name it in a term of an interest that its partners weigh, "
            f"or lower its `cost`, or the `reservation` of {lever.owner} and its partners.",
        )


def _channels_that_never_agreed(case: Scenario, block: Block) -> Iterator[Remark]:
    assert block.agreements is not None
    reached = set(block.agreements.channel.tolist())
    for c, name in enumerate(case.document.channels):
        if c not in reached:
            yield Remark(
                "tried",
                (f"channels.{name}",),
                f"{name} never agreed in {len(block.status)} runs at the base numbers.",
                "See `minsksim run SCENARIO --full` for why: raise its `quality` if the parties "
                "seldom meet, put levers on its `table` that both want if nothing suits both.",
            )


def _interests_that_never_changed(
    case: Scenario, block: Block, named: set[str]
) -> Iterator[Remark]:
    assert block.contributions is not None
    for k, name in enumerate(case.document.interests):
        part = block.contributions[:, :, :, k]
        if f"interests.{name}" not in named and not np.ptp(part, axis=1).any():
            yield Remark(
                "tried",
                (f"interests.{name}",),
                f"What {name} brings never changed in {len(part)} runs at the base numbers.",
                "Let a term name something that moves, or take the interest away with "
                f"`--drop interests.{name}` and see that nothing else changes.",
            )
