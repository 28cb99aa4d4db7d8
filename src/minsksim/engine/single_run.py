"""One run, told as the ``Run`` that any form of the model leaves behind.

A single run is played in plain Python, phase by phase: that takes less time than loading the
compiled kernel does. Where the kernel is loaded already, it plays; so it does where a table has
three parties or more, whose packages take plain Python half a minute to find. Both leave the same
behind as ``minsksim.Model``, to the last bit; a ``Model`` is for whoever wants to open, step or
change a run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from minsksim._compiled.loading import plays_single_runs, requested
from minsksim._compiled.twins import bare
from minsksim.engine.arrays.axes import calendar_dates
from minsksim.engine.arrays.compile import Compiled, compile_scenario, numbers_at
from minsksim.engine.arrays.initial_state import load_point, new_state, new_values
from minsksim.engine.arrays.randomness import whole_address
from minsksim.engine.batch import Block, is_finite, run_block, simulate, traced_block
from minsksim.engine.record.episodes import (
    agreement_of,
    events_of,
    move_of,
    offer_of,
    types_of,
)
from minsksim.engine.record.frames import Record
from minsksim.engine.record.meetings import meetings_of, name_counter_offers
from minsksim.engine.record.run import Agreement, Episode, Run
from minsksim.engine.record.status import DONE, NOT_FINITE, SENTENCES
from minsksim.engine.record.trace import keep_turn, new_trace
from minsksim.engine.schedule import PHASES, begin
from minsksim.engine.valuation.measures import reported
from minsksim.errors import RunError
from minsksim.scenario import suppose
from minsksim.vocabulary import COURSE_OF

if TYPE_CHECKING:
    import datetime as dt

    from minsksim.engine.arrays.kinds import Floats
    from minsksim.engine.arrays.records import State
    from minsksim.engine.record.trace import Trace
    from minsksim.scenario import Given, Scenario, Texts
    from minsksim.scenario.schema import Document


def run_scenario(
    scenario: Given,
    *,
    seed: int = 0,
    replication: int = 0,
    point: Mapping[str, float] | None = None,
    drop: Texts = (),
    impose: Texts = (),
    forbid: Texts = (),
) -> Run:
    """Play one run and return it.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A checked scenario, or the name or file of one.
    seed, replication : int
        Address of the run's random numbers.
    point : mapping of str to float, optional
        Model numbers to replace, by dotted name.
    drop, impose, forbid : str or sequence of str, optional
        What is supposed against the scenario, as ``minsksim.suppose`` describes it.

    Returns
    -------
    Run
        It tells the same as ``Model(scenario).run()`` does, to the last bit.

    Raises
    ------
    UsageError, ScenarioError
        If ``point`` has a number where it cannot lie, or numbers that do not go together.
    RunError
        If a utility, in any turn, or a measure stops being a finite number.

    Examples
    --------
    >>> run_scenario("split_the_pie", replication=3).replication
    3
    """
    seed, replication = whole_address(seed, replication)
    scenario = suppose(scenario, drop=drop, impose=impose, forbid=forbid)
    compiled = compile_scenario(scenario)
    s, numbers = compiled.structure, numbers_at(scenario, point)
    if takes_kernel(scenario):
        rows = np.zeros(1, np.int64), np.array([replication])
        block = simulate(compiled, numbers[None, :], *rows, seed, is_traced=True)
        _demand_finite(scenario, block.status[0] == DONE)
        return retell(scenario, compiled, block, 0, seed, replication)
    values, state, trace = new_values(s), new_state(s), new_trace(compiled, 1)
    plays, keep = [bare(phase.play) for phase in PHASES], bare(keep_turn)
    with np.errstate(all="ignore"):
        load_point(s, numbers, values)
        bare(begin)(s, values, state, seed, replication)
        keep(s, values, state, trace, 0, 0)
        for turn in range(1, s.turns + 1):
            for play in plays:
                play(s, values, state, seed, replication, turn, True)
            keep(s, values, state, trace, 0, turn)
    demand_finite(scenario, trace, state)
    block = traced_block(reported(s, state.measure[None, :]), np.zeros(1, np.int64), trace)
    return retell(scenario, compiled, block, 0, seed, replication)


def demand_finite(scenario: Scenario, trace: Trace, state: State) -> None:
    """Refuse a run of which some utility, in any turn, or what was measured, is not finite."""
    is_sound = np.isfinite(trace.utilities).all() and is_finite(state.measure)
    _demand_finite(scenario, bool(is_sound))


def _demand_finite(scenario: Scenario, is_sound: bool) -> None:
    if not is_sound:
        raise RunError(f"{scenario.name}: {SENTENCES[NOT_FINITE]}")


def takes_kernel(scenario: Scenario) -> bool:
    """Return whether one run of a scenario is left to the compiled kernel."""
    most = max((len(each.between) for each in scenario.document.channels.values()), default=0)
    return plays_single_runs(run_block) or (most > 2 and requested() != "0")


def retell(
    scenario: Scenario,
    compiled: Compiled,
    block: Block,
    row: int,
    seed: int,
    replication: int,
    turns: int | None = None,
) -> Run:
    """Return one run of a traced block, with names in place of indices.

    ``turns`` is how many were played so far; default: all.
    """
    last = compiled.turns if turns is None else turns
    traces = (block.series, block.public, block.utilities, block.contributions)
    series, public, utilities, contributions = (_of_run(trace, row)[: last + 1] for trace in traces)
    assert block.happened is not None
    assert block.kinds is not None
    dates, axes = calendar_dates(scenario.document.calendar)[: last + 1], compiled.axes
    # the one object that stands for no number equals itself, so that equal runs are equal
    measures = (math.nan if np.isnan(each) else float(each) for each in block.measures[row])
    meetings = meetings_of(scenario.document, axes, block, row, dates)
    agreements = _agreements(scenario.document, compiled, block, row, dates)
    return Run(
        scenario=scenario,
        seed=seed,
        replication=replication,
        dates=dates,
        record=Record(axes, series, public, utilities, contributions),
        agreements=name_counter_offers(agreements, meetings),
        events=events_of(axes, block.happened[row]),
        measures=dict(zip(compiled.measures, measures, strict=True)),
        meetings=meetings,
        threats=_threats(scenario.document, block, row, dates),
        types=types_of(axes, block.kinds[row]),
    )


def _of_run(trace: Floats | None, row: int) -> Floats:
    assert trace is not None, "the block was not traced"
    one: Floats = trace[row]
    return one


def _agreements(
    document: Document, compiled: Compiled, block: Block, row: int, dates: tuple[dt.date, ...]
) -> tuple[Agreement, ...]:
    """Return a run's agreements in the order of turn and channel."""
    table, axes = block.agreements, compiled.axes
    assert table is not None
    found = []
    for at in np.nonzero(table.run == row)[0]:
        levels = table.before[at], table.after[at]
        offer = offer_of(document, axes, table.channel[at], *levels, table.gain[at])
        turn = int(table.turn[at])
        signed = agreement_of(document, offer, table.externalities[at], turn, dates[turn - 1])
        kept = dict(zip(offer.parties, map(bool, table.kept[at]), strict=False))
        found.append(replace(signed, kept=kept, delivered=int(table.delivered[at])))
    return tuple(found)


def _threats(
    document: Document, block: Block, row: int, dates: tuple[dt.date, ...]
) -> tuple[Episode, ...]:
    """Return a run's threats in the order of turn and threat."""
    table, spoken = block.threats, list(document.threats.items())
    assert table is not None
    found = []
    for at in np.nonzero(table.run == row)[0]:
        (name, threat), turn = spoken[table.threat[at]], int(table.turn[at])
        levers = (threat.demand.lever, threat.sanction.lever)
        demand, sanction = (
            move_of(document, lever, table.before[at, place], table.after[at, place])
            for place, lever in enumerate(levers)
        )
        found.append(
            Episode(
                turn=turn,
                date=dates[turn - 1],
                name=name,
                by=threat.by,
                against=threat.against,
                course=COURSE_OF[int(table.course[at])],
                demand=demand,
                sanction=sanction,
            )
        )
    return tuple(found)
