"""One run of the batch kernel as the ``Run`` that the Mesa form leaves behind.

The kernel is compiled and cached as one piece and needs neither Mesa nor pandas, so a single run
is told at once. ``minsksim.Model`` is for whoever wants to open, step or change a run; both forms
leave the same behind, to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from minsksim.engine.arrays.axes import calendar_dates
from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import Block, simulate
from minsksim.engine.record.episodes import (
    agreement_of,
    events_of,
    move_of,
    offer_of,
    types_of,
)
from minsksim.engine.record.frames import Record
from minsksim.engine.record.run import Agreement, Episode, Run
from minsksim.vocabulary import COURSE_OF

if TYPE_CHECKING:
    import datetime as dt

    from minsksim.engine.arrays.kinds import Floats
    from minsksim.scenario import Scenario
    from minsksim.scenario.schema import Document


def play_run(
    scenario: Scenario,
    *,
    seed: int = 0,
    replication: int = 0,
    point: Mapping[str, float] | None = None,
) -> Run:
    """Play one run in the batch kernel and return it as the Mesa form would.

    Parameters
    ----------
    scenario : Scenario
        A checked scenario.
    seed, replication : int
        Address of the run's random numbers.
    point : mapping of str to float, optional
        Model numbers to replace, by dotted name.

    Returns
    -------
    Run
        Equal to what ``minsksim.run_scenario`` returns.
    """
    compiled = compile_scenario(scenario)
    block = simulate(
        compiled,
        compiled.point(point or {})[None, :],
        np.zeros(1, np.int64),
        np.array([replication]),
        seed,
        is_traced=True,
    )
    return retell(scenario, compiled, block, 0, seed, replication)


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
    measures = map(float, block.measures[row])
    return Run(
        scenario=scenario,
        seed=seed,
        replication=replication,
        dates=dates,
        record=Record(axes, series, public, utilities, contributions),
        agreements=_agreements(scenario.document, compiled, block, row, dates),
        events=events_of(axes, block.happened[row]),
        measures=dict(zip(compiled.measures, measures, strict=True)),
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
