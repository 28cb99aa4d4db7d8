"""Access over channels against every simple path, and what a broker is worth."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.brokerage import access, broker_margin, willingness


def over_all_paths(
    origin: int, goal: int, ends: np.ndarray, quality: np.ndarray, willing: np.ndarray
) -> float:
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(len(willing)))
    for c, (one, other) in enumerate(ends.tolist()):
        graph.add_edge(one, other, quality=quality[c])
    best = 0.0
    for path in nx.all_simple_edge_paths(graph, origin, goal):
        product = np.prod([graph.edges[edge]["quality"] for edge in path])
        between = [edge[1] for edge in path[:-1]]
        best = max(best, float(product * np.prod([willing[a] for a in between])))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_best_path_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    actors, channels = int(rng.integers(3, 7)), int(rng.integers(2, 10))
    ends = np.array([rng.choice(actors, 2, replace=False) for _ in range(channels)])
    quality = rng.uniform(0, 1, channels) * (rng.random(channels) > 0.2)
    willing = rng.uniform(0, 1, actors) * (rng.random(actors) > 0.2)
    for goal in range(1, actors):
        found = access(0, goal, ends, quality, willing)
        assert found == pytest.approx(over_all_paths(0, goal, ends, quality, willing), abs=1e-12)


def worth_of_broker(ends: list[tuple[int, int]], quality: list[float]) -> float:
    """Access from 0 to 2 with broker 1 willing, less access without him."""
    table = np.array(ends), np.array(quality)
    willing = np.ones(4)
    with_him = access(0, 2, *table, willing)
    willing[1] = 0.0
    return with_him - access(0, 2, *table, willing)


def test_a_direct_line_ends_the_brokers_worth() -> None:
    """N4, myerson1977: a path pays its middle; a direct line or a rival broker leaves less."""
    path = worth_of_broker([(0, 1), (1, 2)], [1.0, 1.0])
    direct = worth_of_broker([(0, 1), (1, 2), (0, 2)], [1.0, 1.0, 1.0])
    weak = worth_of_broker([(0, 1), (1, 2), (0, 2)], [1.0, 1.0, 0.3])
    rival = worth_of_broker([(0, 1), (1, 2), (0, 3), (3, 2)], [1.0, 1.0, 1.0, 1.0])
    assert (path, direct, rival) == (1.0, 0.0, 0.0)
    assert weak == pytest.approx(0.7)


def test_ends_need_no_willingness_of_their_own() -> None:
    ends, quality = np.array([[0, 1]]), np.array([0.6])
    assert access(0, 1, ends, quality, np.zeros(2)) == 0.6


@given(st.integers(0, 2**32 - 1))
def test_a_brokers_margin_is_what_its_lever_adds_to_access(seed: int) -> None:
    random = np.random.default_rng(seed)
    links = [[a, b] for a in range(5) for b in range(a) if random.random() < 0.6]
    ends = np.array(links or [[0, 1]])
    quality, willing = random.random(len(ends)), random.random(5)
    broker, informative = int(random.integers(1, 4)), float(random.random())
    full, none = willing.copy(), willing.copy()
    full[broker], none[broker], before = informative, 0.0, willing.copy()
    margin = broker_margin(0, 4, ends, quality, willing, broker, informative, np.zeros(5))
    assert margin == access(0, 4, ends, quality, full) - access(0, 4, ends, quality, none)
    assert (willing == before).all()


def test_willingness_needs_effort_and_belief() -> None:
    assert willingness(0.5, 0.25) == 0.125
    assert willingness(1.0, 0.25) == willingness(0.25, 1.0) == 0.25
    assert willingness(0.0, 1.0) == willingness(1.0, 0.0) == 0.0
