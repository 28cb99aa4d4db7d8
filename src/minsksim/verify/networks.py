"""Oracles of networks: opinions in the long run, positions, the price of a channel, votes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from minsksim.theory.consensus import consensus_weights, settled_opinions
from minsksim.theory.myerson import myerson_value, worth_of_exclusivity
from minsksim.theory.network_position import betweenness, bonacich_power, constraint, effective_size
from minsksim.theory.shapley import shapley_value
from minsksim.theory.voting_power import banzhaf_swings, shapley_shubik
from minsksim.verify.oracle import Oracle

_THREE = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
_STARTS = np.array([0.0, 0.2, 1.0])
_GROUP = np.array(
    [
        [0.22, 0.12, 0.36, 0.3],
        [0.147, 0.215, 0.344, 0.294],
        [0.0, 0.0, 1.0, 0.0],
        [0.09, 0.178, 0.446, 0.286],
    ]
)
_PATH = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
_STAR = np.zeros((5, 5))
_STAR[0, 1:] = _STAR[1:, 0] = 1.0
_CHANNELS = {
    "path": (3, [(0, 1), (1, 2)]),
    "direct_line": (3, [(0, 1), (1, 2), (0, 2)]),
    "two_brokers": (4, [(0, 1), (1, 2), (0, 3), (3, 2)]),
}


def _agree(together: frozenset[int]) -> float:
    """Return 1 if both principals, 0 and 2, are there."""
    return float({0, 2} <= together)


def _price(channels: str, actor: int) -> float:
    actors, links = _CHANNELS[channels]
    return float(myerson_value(actors, links, _agree)[actor])


def _settled(susceptibility: tuple[float, ...], actor: int) -> float:
    return float(settled_opinions(_THREE, np.array(susceptibility), _STARTS)[actor])


def _judgement(actor: int) -> float:
    """Return the settled opinion of one of four people of a published experiment."""
    openness = 1.0 - np.diag(_GROUP)
    innate = np.array([25.0, 25.0, 75.0, 85.0])
    return float(settled_opinions(_GROUP, openness, innate)[actor])


def _at(measure: Callable[[np.ndarray], np.ndarray], ties: np.ndarray, actor: int) -> float:
    return float(measure(ties)[actor])


def _complete(count: int) -> np.ndarray:
    return np.asarray(np.ones((count, count)) - np.eye(count))


def _power(attenuation: float, actor: int) -> float:
    return float(bonacich_power(_PATH, attenuation)[actor])


def _vote(index: Callable[..., np.ndarray], voter: int) -> float:
    return float(index([50.0, 49.0, 1.0], 51.0)[voter])


def _glove(actor: int) -> float:
    return float(shapley_value(3, lambda s: float(0 in s and len(s) > 1))[actor])


def _long_run(case: str, expected: float, compute: Callable[[], float], source: str) -> Oracle:
    return Oracle(f"settled.{case}", "Influence in the long run", source, expected, compute)


def _position(
    case: str, expected: float, measure: Callable[[np.ndarray], np.ndarray], ties: np.ndarray
) -> Oracle:
    """Return the oracle of the first actor's position: a hub's, or anybody's among equals."""
    source = "freeman1977" if "betweenness" in case else "burt1992"
    compute = partial(_at, measure, ties, 0)
    return Oracle(f"position.{case}", "Position in a network", source, expected, compute)


def _channel(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"myerson.{case}", "Price of a channel", "myerson1977", expected, compute)


def _votes(case: str, expected: float, index: Callable[..., np.ndarray], voter: int) -> Oracle:
    source = "banzhaf1965" if "banzhaf" in case else "shapley_shubik1954"
    compute = partial(_vote, index, voter)
    return Oracle(f"voting.{case}", "Voting power", source, expected, compute)


ORACLES: tuple[Oracle, ...] = (
    *(
        _long_run(
            f"weight_of_actor_{actor + 1}",
            expected,
            partial(_at, consensus_weights, _THREE, actor),
            "degroot1974",
        )
        for actor, expected in enumerate((0.25, 0.5, 0.25))
    ),
    _long_run("consensus", 0.35, partial(_settled, (1.0,) * 3, 0), "degroot1974"),
    *(
        _long_run(
            f"three_actor_{actor + 1}",
            expected,
            partial(_settled, (0.5, 0.8, 0.2), actor),
            "friedkin_johnsen1990",
        )
        for actor, expected in enumerate((0.142029, 0.426087, 0.936232))
    ),
    *(
        _long_run(
            f"experiment_person_{actor + 1}",
            expected,
            partial(_judgement, actor),
            "friedkin_johnsen1990",
        )
        for actor, expected in enumerate((60.020849, 59.983966, 75.0, 74.986205))
    ),
    _position("constraint_of_a_hub", 0.25, constraint, _STAR),
    _position("constraint_among_three", 1.125, constraint, _complete(3)),
    _position("constraint_among_four", 0.925926, constraint, _complete(4)),
    _position("effective_size_of_a_hub", 4.0, effective_size, _STAR),
    _position("betweenness_of_a_hub", 1.0, betweenness, _STAR),
    *(
        Oracle(f"bonacich.{case}", "Power by ties", "bonacich1987", value, partial(_power, *where))
        for case, value, where in (
            ("centre_0.3", 3.170732, (0.3, 1)),
            ("end_0.3", 1.951220, (0.3, 0)),
            ("centre_-0.3", 1.707317, (-0.3, 1)),
            ("end_-0.3", 0.487805, (-0.3, 0)),
        )
    ),
    Oracle("shapley.left_glove", "Shapley value", "shapley1953", 2 / 3, partial(_glove, 0)),
    Oracle("shapley.right_glove", "Shapley value", "shapley1953", 1 / 6, partial(_glove, 1)),
    *(
        _channel(f"path_actor_{actor + 1}", 1 / 3, partial(_price, "path", actor))
        for actor in range(3)
    ),
    _channel("direct_line_broker", 0.0, partial(_price, "direct_line", 1)),
    _channel("two_brokers_principal", 5 / 12, partial(_price, "two_brokers", 0)),
    _channel("two_brokers_broker", 1 / 12, partial(_price, "two_brokers", 1)),
    _channel(
        "exclusivity_against_a_direct_line",
        1 / 3,
        partial(worth_of_exclusivity, *_CHANNELS["path"], _agree, 1, [(0, 2)]),
    ),
    _votes("shapley_shubik_50", 2 / 3, shapley_shubik, 0),
    _votes("shapley_shubik_49", 1 / 6, shapley_shubik, 1),
    _votes("shapley_shubik_1", 1 / 6, shapley_shubik, 2),
    _votes("banzhaf_swings_50", 3.0, banzhaf_swings, 0),
    _votes("banzhaf_swings_1", 1.0, banzhaf_swings, 2),
)
