"""Remarks on a scenario: from its file, and from a few runs at its own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from minsksim.analysis.held_up import HeldUp, held_up
from minsksim.analysis.never import why_never_agreed, why_never_moved
from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import Block, simulate
from minsksim.engine.single_run import retell
from minsksim.scenario import Given, Scenario, suppose, take_scenario
from minsksim.scenario.remarks import Remark, remarks_on
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.run import Run
    from minsksim.scenario.schema import Document

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
    compiled, block = _played(case, runs)
    told = [retell(case, compiled, block, row, 0, row) for row in range(runs)]
    held = held_up(told)
    named = {name for remark in known for name in remark.of} | held.quantities
    named |= {f"channels.{name}" for name in held.serving} | _held_interests(case.document, held)
    yield from _levers_that_stood(case, compiled, block, told, named)
    yield from _channels_that_never_agreed(case, block, told, named, held)
    yield from _interests_that_never_changed(case, block, told, named)


def _held_interests(document: Document, held: HeldUp) -> set[str]:
    """Return the interests that read what a channel would move whose parties never met."""
    return {
        f"interests.{name}"
        for name, interest in document.interests.items()
        if any(held.quantities & {term.of, term.times} for term in interest.terms.values())
    }


def _played(case: Scenario, runs: int) -> tuple[Compiled, Block]:
    """Play runs at a scenario's own numbers and keep them turn by turn."""
    compiled = compile_scenario(case)
    rows, point = np.zeros(runs, np.int64), compiled.numbers[None, :]
    return compiled, simulate(compiled, point, rows, np.arange(runs), 0, is_traced=True)


def _levers_that_stood(
    case: Scenario, compiled: Compiled, block: Block, told: Sequence[Run], named: set[str]
) -> Iterator[Remark]:
    assert block.series is not None
    asked = case.document.what_if
    held = {*asked.forbid, *asked.impose, *asked.drop} if asked else set()
    for name in case.document.levers:
        values = block.series[:, :, compiled.quantities.index(f"levers.{name}")]
        if f"levers.{name}" in named or {name, f"levers.{name}"} & held or np.ptp(values, 1).any():
            continue
        why = why_never_moved(told, name)
        yield Remark(
            "tried",
            (f"levers.{name}",),
            f"{name} could move and never did in {len(values)} runs at the base numbers"
            f"{f': {why.says}' if why else ''}.",
            why.advice if why else _to_be_moved(case.document, name),
        )


def _to_be_moved(document: Document, name: str) -> str:
    """Return what to try for a lever that nobody wanted to move."""
    owner = document.levers[name].owner
    lower = f"lower its `cost`, or the `reservation` of {owner} and its partners"
    terms = {
        (key, reference)
        for key, interest in document.interests.items()
        for term in interest.terms.values()
        for reference in (term.of, term.times)
    }
    weighed = any(
        actor.salience[key].value
        for who, actor in document.actors.items()
        if who != owner
        for key in actor.salience
        if (key, f"levers.{name}") in terms
    )
    if weighed:
        return f"See whether anybody gains: raise the `effect` of a term that names it, or {lower}."
    return (
        "See whether anybody gains: name it in a term of an interest that its partners weigh, or "
        f"{lower}."
    )


def _channels_that_never_agreed(
    case: Scenario, block: Block, told: Sequence[Run], named: set[str], held: HeldUp
) -> Iterator[Remark]:
    assert block.agreements is not None
    reached = set(block.agreements.channel.tolist())
    for c, name in enumerate(case.document.channels):
        if c in reached or f"channels.{name}" in named:
            continue
        why = why_never_agreed(told, name)
        yield Remark(
            "tried",
            (f"channels.{name}",),
            f"{name} never agreed in {len(block.status)} runs at the base numbers"
            f"{f': {why.says}' if why else ''}{held.so(case.document, name)}.",
            why.advice
            if why
            else "Put levers on its `table` that both want; `minsksim run SCENARIO --full` says "
            "turn by turn what became of its meetings.",
        )


def _interests_that_never_changed(
    case: Scenario, block: Block, told: Sequence[Run], named: set[str]
) -> Iterator[Remark]:
    assert block.contributions is not None
    for k, name in enumerate(case.document.interests):
        part = block.contributions[:, :, :, k]
        if f"interests.{name}" in named or np.ptp(part, axis=1).any():
            continue
        says = f"What {name} brings never changed in {len(part)} runs at the base numbers"
        drop = f"`--drop interests.{name}`"
        if _is_idle(case, block, name):
            advice = (
                "Let a term name something that moves, or take the interest away: with "
                f"{drop} no quantity changed in these runs."
            )
        else:
            says += f", and yet it counts: {_what_it_does(case.document, told, name)}"
            advice = f"Keep it if that is meant; a run with {drop} shows what it holds back."
        yield Remark("tried", (f"interests.{name}",), f"{says}.", advice)


def _is_idle(case: Scenario, block: Block, name: str) -> bool:
    """Return whether the same runs without an interest move every quantity in the same way."""
    assert block.series is not None
    _, without = _played(suppose(case, drop=f"interests.{name}"), len(block.status))
    assert without.series is not None
    return np.array_equal(block.series, without.series)


def _what_it_does(document: Document, told: Sequence[Run], name: str) -> str:
    """Say which of those who weigh an interest stopped a package, and how."""
    weighing = [who for who, one in document.actors.items() if name in one.salience]
    meetings = [one for run in told for one in run.meetings]
    stopped: dict[str, set[str | None]] = {
        "outbids a package": {one.outbid_by for one in meetings},
        "refuses at home": {who for one in meetings for who in one.unratified_by},
        "pays against a package": {who for one in meetings for who in one.stopped_by},
    }
    found = [f"{who} {how}" for how, actors in stopped.items() for who in weighing if who in actors]
    return joined(found) if found else f"without it {joined(weighing)} would decide otherwise"
