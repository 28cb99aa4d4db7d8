"""Myerson's value: published prices of a channel, and the two properties that define it."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.myerson import myerson_value, worth_of_exclusivity

PATH = [(0, 1), (1, 2)]
PAIRS = list(combinations(range(4), 2))
graphs = st.lists(st.sampled_from(PAIRS), unique=True)
games = st.lists(st.floats(0.0, 5.0), min_size=16, max_size=16).map(
    lambda worths: [0.0, *worths[1:]]
)


def agree(together: frozenset[int]) -> float:
    """Return 1 if both principals, 0 and 2, are there."""
    return float({0, 2} <= together)


def test_oracle_n4() -> None:
    third = 1 / 3
    np.testing.assert_allclose(myerson_value(3, PATH, agree), (third, third, third))
    np.testing.assert_allclose(myerson_value(3, [*PATH, (2, 0)], agree), (0.5, 0.0, 0.5))
    rivals = myerson_value(4, [*PATH, (0, 3), (3, 2)], agree)
    np.testing.assert_allclose(rivals, (5 / 12, 1 / 12, 5 / 12, 1 / 12))
    np.testing.assert_array_equal(myerson_value(3, PATH[:1], agree), (0.0, 0.0, 0.0))


def test_exclusivity_is_what_a_second_channel_takes_from_the_broker() -> None:
    """N4: a direct line takes all of 1/3, a rival broker 1/3 - 1/12 = 1/4."""
    assert worth_of_exclusivity(3, PATH, agree, 1, [(0, 2)]) == pytest.approx(1 / 3)
    assert worth_of_exclusivity(4, PATH, agree, 1, [(0, 3), (3, 2)]) == pytest.approx(1 / 4)
    assert worth_of_exclusivity(3, PATH, agree, 0, [(0, 2)]) == pytest.approx(1 / 3 - 1 / 2)
    assert worth_of_exclusivity(4, PATH, agree, 1, []) == 0.0


@given(graphs, games)
def test_fair_and_nothing_wasted(links: list[tuple[int, int]], worths: list[float]) -> None:
    """myerson1977: cutting a link costs both ends the same; a part shares all it is worth."""

    def worth(together: frozenset[int]) -> float:
        return worths[sum(1 << i for i in together)]

    value = myerson_value(4, links, worth)
    graph = nx.Graph(links)
    graph.add_nodes_from(range(4))
    for part in nx.connected_components(graph):
        assert value[list(part)].sum() == pytest.approx(worth(frozenset(part)), abs=1e-9)
    for one, other in links:
        cut = myerson_value(4, [link for link in links if link != (one, other)], worth)
        lost = value - cut
        assert lost[one] == pytest.approx(lost[other], abs=1e-9)


def test_a_link_joins_two_known_actors() -> None:
    for link in ((1, 1), (0, 3), (-1, 0)):
        with pytest.raises(UsageError, match=r"two different actors|links is .*0 or more"):
            myerson_value(3, [link], agree)
    for broker in (-1, 3):
        with pytest.raises(UsageError, match=rf"Broker {broker} is not one|broker is {broker};"):
            worth_of_exclusivity(3, PATH, agree, broker, [])


def test_two_actors_and_one_channel_share_alike() -> None:
    together = myerson_value(2, [(0, 1)], lambda group: float(len(group) == 2))
    np.testing.assert_allclose(together, (0.5, 0.5))
