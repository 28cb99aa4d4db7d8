"""Oracles of what actors do over time: patience, trust, choice with error, influence, access."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from minsksim.rules.brokerage import access
from minsksim.rules.choice import acceptance_probability, quantal_response
from minsksim.rules.influence import friedkin_johnsen
from minsksim.rules.patience import bargaining_weight
from minsksim.rules.trust import remember, trust
from minsksim.verify.oracle import Oracle

_TURNS = 400
_THREE = ((0.5, 0.5, 0.0), (0.25, 0.5, 0.25), (0.0, 0.5, 0.5))
_PAIR = ((0.0, 1.0), (1.0, 0.0))


def _opinion(
    weights: tuple[tuple[float, ...], ...],
    susceptibility: tuple[float, ...],
    innate: tuple[float, ...],
    actor: int,
) -> float:
    """Return an actor's opinion after many turns of listening."""
    heed = np.array(weights)
    opinions = np.array(innate)[:, None]
    for _ in range(_TURNS):
        staged = np.zeros_like(opinions)
        for a in range(len(innate)):
            start = np.array([innate[a]])
            friedkin_johnsen(heed[a], susceptibility[a], start, opinions, staged[a])
        opinions = staged
    return float(opinions[actor, 0])


def _long_run_trust(forgetting: float) -> float:
    """Return trust after a long alternation of three kept promises and one broken."""
    kept = broken = 0.0
    for turn in range(4000):
        is_kept = float(turn % 4 != 3)
        kept = remember(kept, forgetting, is_kept)
        broken = remember(broken, forgetting, 1.0 - is_kept)
    return trust(kept, broken)


def _share_choosing_second(gain: float, rationality: float) -> float:
    """Return the share of an even grid of random numbers that lead to the second option."""
    gains, weights, count = np.array([0.0, gain]), np.zeros(2), 100_000
    picks = [
        quantal_response(gains, 2, rationality, (j + 0.5) / count, weights) for j in range(count)
    ]
    return sum(picks) / count


def _access(path: str, willing: float) -> float:
    """Return how well actor 0 reaches actor 2 by a broker, a direct line, or both."""
    ends = {"broker": [[0, 1], [1, 2]], "both": [[0, 1], [1, 2], [0, 2]]}[path]
    quality = np.array([0.5, 0.8, 0.3])[: len(ends)]
    return access(0, 2, np.array(ends), quality, np.array([1.0, willing, 1.0]))


def _weight(expected: float, case: str, first: float, second: float) -> Oracle:
    return Oracle(
        f"patience.{case}",
        "Patience as bargaining weight",
        "binmore_rubinstein_wolinsky1986",
        expected,
        partial(bargaining_weight, first, second),
    )


def _belief(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"trust.{case}", "Beta ledger of trust", "josang_ismail2002", expected, compute)


def _logit(
    case: str, expected: float, compute: Callable[[], float], tolerance: float = 1e-6
) -> Oracle:
    model, source = "Logit response", "mckelvey_palfrey1995"
    return Oracle(f"logit.{case}", model, source, expected, compute, tolerance)


def _influence(
    case: str,
    weights: tuple[tuple[float, ...], ...],
    susceptibility: tuple[float, ...],
    innate: tuple[float, ...],
    expected: tuple[float, ...],
    source: str = "friedkin_johnsen1990",
) -> tuple[Oracle, ...]:
    """Return one oracle for each actor's opinion in the end."""
    return tuple(
        Oracle(
            f"influence.{case}_actor_{actor + 1}",
            "Influence, turn by turn",
            source,
            value,
            partial(_opinion, weights, susceptibility, innate, actor),
        )
        for actor, value in enumerate(expected)
    )


ORACLES = (
    _weight(0.5, "equal", 0.9, 0.9),
    _weight(0.9129173, "0.99_against_0.9", 0.99, 0.9),
    _weight(0.3333333333, "rates_0.1_0.05", math.exp(-0.1), math.exp(-0.05)),
    _belief("nothing_known", 0.5, partial(trust, 0.0, 0.0)),
    _belief("three_of_four_kept", 0.6666666667, partial(trust, 1.0 + 3.0, 1.0 + 1.0)),
    _belief("long_run_without_forgetting", 0.75, partial(_long_run_trust, 1.0)),
    _logit("indifferent", 0.5, partial(acceptance_probability, 0.0, 0.0, 4.0)),
    _logit("gain_0.5_lambda_2", 0.7310585786, partial(acceptance_probability, 0.5, 0.0, 2.0)),
    _logit("never_rational", 0.5, partial(_share_choosing_second, 1.0, 0.0)),
    _logit("share_0.5_lambda_2", 0.7310585786, partial(_share_choosing_second, 0.5, 2.0), 1e-5),
    _logit("best_reply", 1.0, partial(_share_choosing_second, 1.0, 600.0)),
    *_influence("three", _THREE, (0.5, 0.8, 0.2), (0.0, 0.2, 1.0), (0.142029, 0.426087, 0.936232)),
    *_influence("pair", _PAIR, (0.6, 0.3), (0.0, 1.0), (0.512195, 0.853659)),
    *_influence("consensus", _THREE, (1.0,) * 3, (0.0, 0.2, 1.0), (0.35,) * 3, "degroot1974"),
    *_influence("nobody_heeds", _THREE, (0.0,) * 3, (0.0, 0.2, 1.0), (0.0, 0.2, 1.0)),
    Oracle(
        "access.through_a_broker",
        "Access through open channels",
        "myerson1977",
        0.2,
        partial(_access, "broker", 0.5),
    ),
    Oracle(
        "access.direct_line_beats_the_broker",
        "Access through open channels",
        "myerson1977",
        0.3,
        partial(_access, "both", 0.5),
    ),
    Oracle(
        "access.broker_beats_the_direct_line",
        "Access through open channels",
        "myerson1977",
        0.4,
        partial(_access, "both", 1.0),
    ),
)
