"""Oracles of what is told, believed and tried: cheap talk, reputation, contests, error, types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from minsksim.rules.beliefs import posterior
from minsksim.rules.cheap_talk import cut_points, informativeness, most_messages, receivers_payoff
from minsksim.theory.contest import contest
from minsksim.theory.quantal_equilibrium import quantal_equilibrium
from minsksim.theory.reputation import stand
from minsksim.verify.oracle import Oracle

_GAMES = {
    "dilemma": (np.array([[9.0, 0.0], [10.0, 1.0]]), np.array([[9.0, 10.0], [0.0, 1.0]])),
    "pennies": (np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([[-1.0, 1.0], [1.0, -1.0]])),
    "sexes": (np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [0.0, 3.0]])),
    "coordination": (np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [0.0, 2.0]])),
}


def _cut(bias: float, messages: int, place: int) -> float:
    return float(cut_points(bias, messages)[place])


def _stand(part: str, belief: float, rounds: int) -> float:
    return float(getattr(stand(belief, 0.5, rounds), part))


def _least_deterring(rounds: int) -> float:
    """Return the least belief, on a fine grid, that deters a challenge."""
    beliefs = (k / 4096 for k in range(4097))
    return next(p for p in beliefs if stand(p, 0.5, rounds).is_deterred)


def _first_action(game: str, rationality: float) -> float:
    """Return how often the first actor takes its first action."""
    return float(quantal_equilibrium(_GAMES[game], rationality)[0][0])


def _talk(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"cheap_talk.{case}", "Cheap talk", "crawford_sobel1982", expected, compute)


def _chain(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    model = "Reputation in a finite game"
    return Oracle(f"reputation.{case}", model, "kreps_wilson1982", expected, compute)


def _contest(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"contest.{case}", "Contest", "tullock1980", expected, compute)


def _errs(case: str, expected: float, game: str, rationality: float, tolerance: float) -> Oracle:
    return Oracle(
        f"quantal_equilibrium.{case}",
        "Quantal response equilibrium",
        "mckelvey_palfrey1995",
        expected,
        partial(_first_action, game, rationality),
        tolerance,
    )


ORACLES: tuple[Oracle, ...] = (
    *(
        _talk(f"messages_at_{bias}", count, partial(most_messages, bias))
        for bias, count in ((0.01, 7.0), (0.05, 3.0), (0.1, 2.0), (0.25, 1.0))
    ),
    _talk("first_cut_at_0.05", 0.133333, partial(_cut, 0.05, 3, 1)),
    _talk("second_cut_at_0.05", 0.466667, partial(_cut, 0.05, 3, 2)),
    _talk("cut_at_0.1", 0.3, partial(_cut, 0.1, 2, 1)),
    _talk("payoff_at_0.05", -0.015926, partial(receivers_payoff, 0.05, 3)),
    _talk("payoff_at_0.1", -0.030833, partial(receivers_payoff, 0.1, 2)),
    _talk("payoff_of_babbling", -0.083333, partial(receivers_payoff, 0.25, 1)),
    _talk("share_told_at_0.1", 0.63, partial(informativeness, 0.1)),
    _talk("share_told_by_babbling", 0.0, partial(informativeness, 0.3)),
    *(
        _chain(f"threshold_with_{rounds}_left", expected, partial(_least_deterring, rounds))
        for rounds, expected in ((1, 0.5), (2, 0.25), (3, 0.125))
    ),
    _chain("weak_fight_at_0.1_with_3_left", 0.3333333333, partial(_stand, "weak_fights", 0.1, 3)),
    _chain("belief_after_a_fight", 0.25, partial(_stand, "belief_after_fight", 0.1, 3)),
    _contest("first_effort", 0.4444444444, lambda: contest(2.0, 1.0).efforts[0]),
    _contest("second_effort", 0.2222222222, lambda: contest(2.0, 1.0).efforts[1]),
    _contest("first_wins", 0.6666666667, lambda: contest(2.0, 1.0).win_probability),
    _contest("first_payoff", 0.8888888889, lambda: contest(2.0, 1.0).payoffs[0]),
    _errs("chance", 0.5, "coordination", 0.0, 1e-6),
    _errs("dilemma_keeps_at_1", 0.2689414214, "dilemma", 1.0, 1e-6),
    _errs("pennies_at_10", 0.5, "pennies", 10.0, 1e-6),
    _errs("coordination_in_the_limit", 1.0, "coordination", 100.0, 1e-6),
    _errs("sexes_in_the_limit", 0.6, "sexes", 1e4, 1e-4),
    Oracle(
        "beliefs.after_an_acceptance",
        "Belief about a private type",
        "kreps_wilson1982",
        0.7741935484,
        partial(posterior, 0.3, 0.8, 0.1),
    ),
)
