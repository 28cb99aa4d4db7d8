"""Oracles of the bargaining solutions over a frontier: Nash, Kalai-Smorodinsky, egalitarian."""

from __future__ import annotations

from functools import partial

import numpy as np

from minsksim.rules.bargaining import settle, value_at
from minsksim.verify.oracle import Oracle
from minsksim.vocabulary import EGALITARIAN, KALAI_SMORODINSKY, NASH

_FINE = 200_000
_NASH = "Nash bargaining solution"
_RAISED = "Kalai-Smorodinsky solution"
_EQUAL = "Egalitarian solution"
_PROTOCOLS = {_NASH: NASH, _RAISED: KALAI_SMORODINSKY, _EQUAL: EGALITARIAN}
_SOURCES = {_NASH: "nash1950", _RAISED: "kalai_smorodinsky1975", _EQUAL: "kalai1977"}
_FAMILIES = {_NASH: "nash", _RAISED: "kalai_smorodinsky", _EQUAL: "egalitarian"}

Point = tuple[float, float]


def _agreement(
    vertices: tuple[Point, ...], protocol: int, alpha: float, disagreement: Point, party: int
) -> float:
    """Return one party's utils at the solution over a chain of vertices."""
    first, second = (np.array(column) for column in zip(*vertices, strict=True))
    last = len(vertices) - 1
    position = settle(first, second, last, protocol, alpha, disagreement, disagreement)
    return value_at((first, second)[party], position)


def _share_of_risk_averse(protocol: int, rho: float) -> float:
    """Return x where u1 = x**rho and u2 = 1 - x."""
    x = np.linspace(1.0, 0.0, _FINE + 1)
    zero = (0.0, 0.0)
    position = settle(x**rho, 1.0 - x, _FINE, protocol, 0.5, zero, zero)
    return value_at(x, position)


def _line(a: float, b: float, c: float) -> tuple[Point, ...]:
    """Return the frontier a u1 + b u2 = c."""
    return ((c / a, 0.0), (0.0, c / b))


def _truncated(h: float) -> tuple[Point, ...]:
    """Return the frontier u1 + u2 = 1 with u2 <= h."""
    return ((1.0, 0.0), (1.0 - h, h))


def _both(
    model: str,
    case: str,
    vertices: tuple[Point, ...],
    expected: Point,
    alpha: float = 0.5,
    disagreement: Point = (0.0, 0.0),
) -> tuple[Oracle, ...]:
    """Return one oracle for each party's utils."""
    return tuple(
        Oracle(
            f"{_FAMILIES[model]}.{case}_{('first', 'second')[party]}",
            model,
            _SOURCES[model],
            expected[party],
            partial(_agreement, vertices, _PROTOCOLS[model], alpha, disagreement, party),
        )
        for party in (0, 1)
    )


def _averse(model: str, rho: float, expected: float) -> Oracle:
    return Oracle(
        f"{_FAMILIES[model]}.risk_aversion_{rho}",
        model,
        _SOURCES[model],
        expected,
        partial(_share_of_risk_averse, _PROTOCOLS[model], rho),
    )


def _worse_off(vertices: tuple[Point, ...]) -> float:
    """Return the utils of whoever gets less at the egalitarian solution."""
    zero = (0.0, 0.0)
    return min(_agreement(vertices, EGALITARIAN, 0.5, zero, party) for party in (0, 1))


ORACLES = (
    *_both(_NASH, "pie_even", _line(1, 1, 1), (0.40, 0.60), 0.5, (0.1, 0.3)),
    *_both(_NASH, "pie_weighted_0.7", _line(1, 1, 1), (0.52, 0.48), 0.7, (0.1, 0.3)),
    *_both(_NASH, "line_2_5_10", _line(2, 5, 10), (2.325, 1.07), 0.5, (0.4, 0.3)),
    *_both(_NASH, "truncated_0.4", _truncated(0.4), (0.6, 0.4)),
    *_both(_NASH, "truncated_0.6", _truncated(0.6), (0.5, 0.5)),
    _averse(_NASH, 0.5, 0.3333333333),
    _averse(_NASH, 0.25, 0.2),
    *_both(_RAISED, "truncated_0.4", _truncated(0.4), (0.714286, 0.285714)),
    *_both(_RAISED, "truncated_0.6", _truncated(0.6), (0.625, 0.375)),
    _averse(_RAISED, 0.5, 0.3819660113),
    _averse(_RAISED, 0.25, 0.275508041),
    *_both(_EQUAL, "truncated_0.6", _truncated(0.6), (0.5, 0.5)),
    *_both(_EQUAL, "truncated_0.4_on_the_frontier", _truncated(0.4), (0.6, 0.4)),
    Oracle(
        "egalitarian.truncated_0.4_worse_off",
        _EQUAL,
        "kalai1977",
        0.4,
        partial(_worse_off, _truncated(0.4)),
    ),
    *_both(_EQUAL, "pie", _line(1, 1, 1), (0.40, 0.60), 0.5, (0.1, 0.3)),
)
