"""Levers that come in lumps: steps that make sense, and tables that can bargain about them."""

from __future__ import annotations

from itertools import pairwise
from math import prod

from minsksim.vocabulary import TAKING_LUMPS

from ..people import is_of_people
from ..places import Faults, Keys
from ..schema import Channel, Document, Lever
from ..threats import Threat
from .relations import can_leave_its_step, check_relations, is_on_a_step

MOST_STEPS = 30
"""Values of one lever: as many as a search tries at once."""
MOST_COMBINATIONS = 4096
"""Combinations of steps on one table: all are looked at only in the worst case."""


def check_lumps(document: Document, faults: Faults) -> None:
    """Check the steps of levers, and what moves or trades such levers."""
    lumpy = {name: lever for name, lever in document.levers.items() if lever.steps is not None}
    for name, lever in lumpy.items():
        is_whole = is_of_people(lever.unit) or name in _drivers_of_whole_stocks(document)
        _check_steps(("levers", name), lever, faults, is_whole=is_whole)
    for name, channel in document.channels.items():
        traded = [lever for lever in channel.table if lever in lumpy]
        if traded:
            _check_channel(document, ("channels", name), channel, traded, faults)
    for name, threat in document.threats.items():
        _check_threat(lumpy, ("threats", name), threat, faults)


def _drivers_of_whole_stocks(document: Document) -> set[str | None]:
    stocks = [stock for stock in document.stocks.values() if stock.whole]
    return {inflow.by for stock in stocks for inflow in stock.inflows.values()}


def _check_steps(path: Keys, lever: Lever, faults: Faults, *, is_whole: bool) -> None:
    steps, (low, high) = lever.steps or (), lever.bounds
    place: Keys = (*path, "steps")
    if len(steps) < 2 or any(here >= there for here, there in pairwise(steps)):
        faults.add(
            place, "must be two values or more, each above the one before it, as in [0, 0.5, 1]."
        )
    elif len(steps) > MOST_STEPS:
        faults.add(
            place,
            f"has {len(steps)} values, and a lever can have {MOST_STEPS}. Write fewer, or remove "
            "`steps`: any value within its bounds can then be agreed.",
        )
    elif not low <= steps[0] <= steps[-1] <= high:
        faults.add(
            place,
            f"must lie within the lever's bounds, {low:g} to {high:g}. Leave out what lies "
            "beyond, or widen the bounds.",
        )
    elif is_whole and any(step != round(step) for step in steps):
        faults.add(place, "people are counted whole. Write whole numbers.")
    else:
        check_relations([is_on_a_step((*path, "initial"), lever.initial, steps)], faults)
        check_relations([can_leave_its_step(path, lever)], faults)


def _check_channel(
    document: Document, path: Keys, channel: Channel, traded: list[str], faults: Faults
) -> None:
    one = traded[0]
    if len(channel.between) > 2:
        faults.add(
            (*path, "table"),
            f"{one} has steps, and a table of several cannot bargain about levers that come in "
            f"lumps. Take it off the table, remove its steps, or name two actors.",
        )
    elif channel.protocol not in TAKING_LUMPS:
        faults.add(
            (*path, "protocol"),
            f"{channel.protocol} cannot bargain about levers that come in lumps, and {one} has "
            f"steps. Write one of {', '.join(TAKING_LUMPS)}, or remove the steps.",
        )
    if channel.tranches > 1:
        faults.add(
            (*path, "tranches"),
            f"{one} has steps, so it cannot be delivered in equal parts. Remove `tranches`, or "
            "take it off the table.",
        )
    count = prod(len(document.levers[lever].steps or ()) for lever in traded)
    if count > MOST_COMBINATIONS:
        faults.add(
            (*path, "table"),
            f"its levers with steps can be combined in {count} ways, and {MOST_COMBINATIONS} is "
            "the most. Give them fewer steps, or take some off the table.",
        )


def _check_threat(lumpy: dict[str, Lever], path: Keys, threat: Threat, faults: Faults) -> None:
    for key, aim in (("demand", threat.demand), ("sanction", threat.sanction)):
        if aim.lever in lumpy:
            steps = lumpy[aim.lever].steps or ()
            check_relations([is_on_a_step((*path, key, "to"), aim.to, steps)], faults)
