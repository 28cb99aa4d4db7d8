"""Oracles of tables with three or more parties: the Nash product, and claims on an estate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations

import numpy as np

from minsksim.theory.claims import equal_awards, equal_losses, proportional, talmud
from minsksim.theory.max_min import max_min_mixture
from minsksim.theory.nash_product import nash_mixture
from minsksim.verify.oracle import Oracle

_CLAIMS = np.array([100.0, 200.0, 300.0])
_TALMUD = {
    100: (33.333333, 33.333333, 33.333333),
    200: (50.0, 75.0, 75.0),
    300: (50.0, 100.0, 150.0),
}
Division = Callable[[np.ndarray, float], np.ndarray]


def _nash_utils(
    points: np.ndarray, disagreement: tuple[float, ...], weights: tuple[float, ...], party: int
) -> float:
    """Return a party's utils in the mixture with the highest Nash product."""
    mixture = nash_mixture(points, np.array(disagreement), np.array(weights))
    if mixture is None:
        raise ValueError("no mixture is better than no agreement")
    return float(mixture @ points[:, party])


def _corners(estate: float) -> np.ndarray:
    """Return the divisions that serve the claimants one after the other."""
    corners = []
    for order in permutations(range(len(_CLAIMS))):
        left, award = estate, np.zeros(len(_CLAIMS))
        for a in order:
            award[a] = min(_CLAIMS[a], left)
            left -= award[a]
        corners.append(award)
    return np.array(corners)


def _award(divide: Division, estate: float, claimant: int) -> float:
    return float(divide(_CLAIMS, estate)[claimant])


def _nash(
    case: str,
    points: np.ndarray,
    disagreement: tuple[float, ...],
    weights: tuple[float, ...],
    expected: tuple[float, ...],
    source: str = "harsanyi1963",
) -> tuple[Oracle, ...]:
    """Return one oracle for each party's utils."""
    return tuple(
        Oracle(
            f"nash_table.{case}_party_{party + 1}",
            "Nash product, three parties",
            source,
            utils,
            partial(_nash_utils, points, disagreement, weights, party),
        )
        for party, utils in enumerate(expected)
    )


def _claims(name: str, divide: Division, estate: int, expected: tuple[float, ...]) -> list[Oracle]:
    """Return one oracle for each claimant's award."""
    return [
        Oracle(
            f"claims.{name}_{estate}_to_{_CLAIMS[claimant]:g}",
            "Claims on an estate",
            "aumann_maschler1985",
            award,
            partial(_award, divide, float(estate), claimant),
        )
        for claimant, award in enumerate(expected)
    ]


def _least(party: int) -> float:
    return float(max_min_mixture(np.eye(3), np.array([0.0, 0.1, 0.2]))[party])


ORACLES = (
    *_nash("pie", np.eye(3), (0.0, 0.0, 0.4), (1.0, 1.0, 1.0), (0.2, 0.2, 0.6)),
    *_nash(
        "pie_weighted",
        np.eye(3),
        (0.0, 0.0, 0.0),
        (1.0, 2.0, 3.0),
        (0.1666666667, 0.3333333333, 0.5),
    ),
    *_nash(
        "claims_400",
        _corners(400.0),
        (0.0, 0.0, 0.0),
        (1.0, 1.0, 1.0),
        (100.0, 150.0, 150.0),
        "dagan_volij1993",
    ),
    *(
        Oracle(
            f"egalitarian_table.pie_party_{party + 1}",
            "Egalitarian solution, three parties",
            "kalai1977",
            utils,
            partial(_least, party),
        )
        for party, utils in enumerate((0.2333333333, 0.3333333333, 0.4333333333))
    ),
    *(
        oracle
        for estate, awards in _TALMUD.items()
        for oracle in _claims("talmud", talmud, estate, awards)
    ),
    *_claims("equal_awards", equal_awards, 200, (66.6666666667, 66.6666666667, 66.6666666667)),
    *_claims("equal_losses", equal_losses, 200, (0.0, 50.0, 150.0)),
    *_claims("proportional", proportional, 200, (33.3333333333, 66.6666666667, 100.0)),
)
