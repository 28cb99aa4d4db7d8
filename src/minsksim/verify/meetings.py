"""Oracles of meetings with a cause, and of a stake that an event moves for a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from minsksim.engine.record.run import Run
from minsksim.engine.single_run import run_scenario
from minsksim.rules.events import salience_for_now
from minsksim.rules.meetings import has_enough, left_after_meeting
from minsksim.scenario import suppose
from minsksim.theory.meetings import mean_interval, most_meetings
from minsksim.verify.oracle import Oracle


def _counted(turns: int, start: float, inflow: float) -> float:
    """Return how many meetings that take 1 there are, turn by turn, as a run holds them."""
    left, held = start, 0
    for _ in range(turns):
        left += inflow
        if has_enough(left, 1.0):
            left, held = left_after_meeting(left, 1.0), held + 1
    return float(held)


def _weight_of_the_line(shift: float) -> float:
    """Return Larch's salience of the line while a shift holds."""
    salience = np.zeros(2)
    salience_for_now(np.array([0.9, 0.1]), np.array([0.0, shift]), salience)
    return float(salience[1])


def _case(variant: str = "") -> Run:
    return run_scenario(f"scarce_visits{variant}")


def _gain(number: int) -> float:
    """Return what Larch gains by an agreement of the textbook case."""
    return float(_case().agreements[number].gains["larch"])


def _without_a_cause() -> float:
    """Return the agreements where a meeting needs nothing but the channel's quality."""
    run = run_scenario(suppose("scarce_visits", drop="channels.larch_maple.meetings"))
    return float(len(run.agreements))


def _held(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"meetings.{case}", "Meetings with a cause", "feller1968", expected, compute)


ORACLES: tuple[Oracle, ...] = (
    _held("one_in_4_turns", 3.0, partial(most_meetings, 12, 0.0, 0.25, 1.0)),
    _held("one_in_4_turns_played", 3.0, partial(_counted, 12, 0.0, 0.25)),
    _held("one_at_hand_played", 4.0, partial(_counted, 12, 1.0, 0.25)),
    _held("one_in_10_turns_played", 3.0, partial(_counted, 30, 0.0, 0.1)),
    _held("mean_interval_with_a_wait_of_3", 5.0, partial(mean_interval, 0.5, 3)),
    _held("agreements", 3.0, lambda: float(len(_case().agreements))),
    _held("agreements_without_a_cause", 12.0, _without_a_cause),
    _held(
        "agreements_at_the_summit_alone",
        1.0,
        lambda: float(len(_case("/saved_for_the_summit").agreements)),
    ),
    _held("gain_before_the_crisis", 0.27, partial(_gain, 0)),
    _held("gain_in_the_crisis", 0.6684210526, partial(_gain, 1)),
    _held("gain_after_the_crisis", 0.27, partial(_gain, 2)),
    _held("weight_in_the_crisis", 0.5263157895, partial(_weight_of_the_line, 0.9)),
    _held("weight_after_the_crisis", 0.1, partial(_weight_of_the_line, 0.0)),
)
