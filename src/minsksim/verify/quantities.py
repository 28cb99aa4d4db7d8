"""Oracles of quantities that are not people: what decays, has bounds, or is a red line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from minsksim.engine.single_run import run_scenario
from minsksim.rules.answers import gradual_answer, red_line_answer, with_answers
from minsksim.rules.bounded_stocks import after_decay, after_flow
from minsksim.theory.decaying_stock import level_after
from minsksim.verify.oracle import Oracle

_SLOW = "/slow_to_forget"


def _by_turns(start: float, inflow: float, decay: float, turns: int, high: float) -> float:
    """Return a stock after some turns, as a run plays them: decay, then the flow."""
    level = start
    for _ in range(turns):
        level = after_flow(after_decay(level, decay, 0.0, high), inflow, 0.0, high)
    return level


def _chance(pressure: float) -> float:
    """Return the chance to meet of a perfect channel that pressure chills."""
    return with_answers(1.0, gradual_answer(-1.0, pressure / 40.0), 0.0, 1.0)


def _reservation(pressure: float) -> float:
    return with_answers(0.1, red_line_answer(1.0, pressure, 12.0), 0.0, float("inf"))


def _expected_agreements() -> float:
    """Return how many agreements the chill leaves of twelve, on average."""
    levels = [0.0, 0.0, *(level_after(0.0, 20.0, 0.5, turns) for turns in (1, 2))]
    levels += [level_after(30.0, 0.0, 0.5, turns) for turns in range(1, 9)]
    return sum(map(_chance, levels))


def _case(measure: str, variant: str = "") -> float:
    """Return what one run of the textbook case measures: no draw changes it."""
    return float(run_scenario(f"red_line{variant}").measures[measure])


def _stock(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"fading.{case}", "Stock that fades", "nerlove_arrow1962", expected, compute)


def _line(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"red_line.{case}", "Red line", "nerlove_arrow1962", expected, compute)


ORACLES: tuple[Oracle, ...] = (
    _stock("after_2_turns", 30.0, partial(_by_turns, 0.0, 20.0, 0.5, 2, 100.0)),
    _stock("after_10_turns", 23.026431198, partial(_by_turns, 10.0, 3.0, 0.1, 10, 100.0)),
    _stock(
        "after_10_turns_in_closed_form", 23.0264311980, partial(level_after, 10.0, 3.0, 0.1, 10)
    ),
    _stock("in_the_long_run", 40.0, partial(_by_turns, 0.0, 20.0, 0.5, 60, 100.0)),
    _stock("under_a_ceiling", 25.0, partial(_by_turns, 0.0, 20.0, 0.5, 60, 25.0)),
    _line("reservation_on_it", 0.1, partial(_reservation, 12.0)),
    _line("reservation_beyond_it", 1.1, partial(_reservation, 12.5)),
    _line("agreements", 9.0, partial(_case, "agreements")),
    _line("agreements_if_slow", 2.0, partial(_case, "agreements", _SLOW)),
    _line("pressure_if_slow", 16.35775398, partial(_case, "pressure_final", _SLOW)),
    _line("chance_to_meet_under_a_chill", 0.625, partial(_chance, 15.0)),
    _line("agreements_under_a_chill", 10.0029296875, _expected_agreements),
)
