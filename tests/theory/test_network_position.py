"""Positions in a network: published values, formulas written out, Florentine families."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim.errors import UsageError
from minsksim.theory.network_position import betweenness, bonacich_power, constraint, effective_size

PATH = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
STAR = np.array([[0, 1, 1, 1, 1], *([[1, 0, 0, 0, 0]] * 4)])
weights = arrays.arrays(float, (5, 5), elements=st.sampled_from([0.0, 0.5, 1.0, 3.0]))


def complete(count: int) -> np.ndarray:
    return np.ones((count, count)) - np.eye(count)


def symmetric(table: np.ndarray) -> np.ndarray:
    upper = np.triu(table, 1)
    return np.asarray(upper + upper.T)


def test_oracle_n3() -> None:
    np.testing.assert_allclose(constraint(STAR), (0.25, 1.0, 1.0, 1.0, 1.0))
    np.testing.assert_allclose(effective_size(STAR), (4.0, 1.0, 1.0, 1.0, 1.0))
    np.testing.assert_allclose(constraint(complete(3)), 1.125)
    np.testing.assert_allclose(constraint(complete(4)), 0.925926, atol=1e-6)
    np.testing.assert_allclose(betweenness(STAR), (1.0, 0.0, 0.0, 0.0, 0.0))
    np.testing.assert_allclose(betweenness(PATH), (0.0, 1.0, 0.0))


def test_power_of_a_broker_where_channels_add_up_and_where_they_exclude() -> None:
    """N3: centre over end 1.625 at beta = .3, 3.5 at -.3."""
    helped = bonacich_power(PATH, 0.3)
    np.testing.assert_allclose(helped, (1.951220, 3.170732, 1.951220), atol=1e-6)
    rivalled = bonacich_power(PATH, -0.3)
    np.testing.assert_allclose(rivalled, (0.487805, 1.707317, 0.487805), atol=1e-6)
    assert helped[1] / helped[0] == pytest.approx(1.625)
    assert rivalled[1] / rivalled[0] == pytest.approx(3.5)


@given(weights)
def test_constraint_as_burt_writes_it(table: np.ndarray) -> None:
    ties = symmetric(table)
    found = constraint(ties)
    for a in range(5):
        if not ties[a].any():
            assert np.isnan(found[a])
            continue
        share = np.divide(ties, ties.sum(axis=1, keepdims=True), where=ties > 0, out=0.0 * ties)
        through = share[a] + share[a] @ share
        contacts = [b for b in range(5) if ties[a, b] > 0.0]
        assert found[a] == pytest.approx(sum(through[b] ** 2 for b in contacts))


@given(weights)
def test_effective_size_counts_contacts_less_ties_among_them(table: np.ndarray) -> None:
    ties = symmetric(table)
    found = effective_size(ties)
    for a in range(5):
        contacts = np.flatnonzero(ties[a])
        if len(contacts) == 0:
            assert np.isnan(found[a])
            continue
        among = np.count_nonzero(ties[np.ix_(contacts, contacts)]) / 2
        assert found[a] == pytest.approx(len(contacts) - 2.0 * among / len(contacts))


@given(weights, st.floats(-0.99, 0.99))
def test_power_is_the_sum_over_walks(table: np.ndarray, part: float) -> None:
    """c = sum over k of beta^k R^(k+1) 1, and alpha = 1."""
    ties = symmetric(table)
    largest = max(np.abs(np.linalg.eigvalsh(ties)).max(), 0.1)
    beta = 0.9 * part / largest
    term, total = ties.sum(axis=1), np.zeros(5)
    for _ in range(400):
        total = total + term
        term = beta * (ties @ term)
    np.testing.assert_allclose(bonacich_power(ties, beta), total, atol=1e-8)


def test_florentine_families() -> None:
    folder = "signed-and-social-networks"
    edges = read_rows(f"{folder}/public_florentine_edges.csv")
    marriages = nx.Graph([(row["family_1"], row["family_2"]) for row in edges])
    expected = read_rows(f"{folder}/public_florentine_expected.csv")
    families = [row["family"] for row in expected]
    ties = nx.to_numpy_array(marriages, nodelist=families)
    published = [float(row["betweenness_normalised"]) for row in expected]
    np.testing.assert_allclose(betweenness(ties), published, atol=1e-4)
    degree = [float(row["degree"]) for row in expected]
    np.testing.assert_allclose(bonacich_power(ties, 0.0), degree)
    largest = float(np.linalg.eigvalsh(ties).max())
    power = bonacich_power(ties, (1.0 - 1e-7) / largest)
    eigenvector = [float(row["eigenvector"]) for row in expected]
    np.testing.assert_allclose(power / np.linalg.norm(power), eigenvector, atol=1e-4)


def test_bad_input_gets_a_sentence() -> None:
    for beta in (0.7072, -0.7072):
        with pytest.raises(UsageError, match=r"keep it below 0\.707107 in size"):
            bonacich_power(PATH, beta)
    np.testing.assert_array_equal(bonacich_power(np.zeros((2, 2)), 5.0), (0.0, 0.0))
    one_way, negative, own = np.zeros((2, 2)), -complete(2), np.eye(2)
    one_way[0, 1] = 1.0
    one_negative, one_own = PATH.copy(), PATH + np.diag([0, 1, 0])
    one_negative[0, 1] = one_negative[1, 0] = -1
    for measure in (constraint, effective_size, betweenness, lambda ties: bonacich_power(ties, 0)):
        for wrong in (one_way, negative, own, one_negative, one_own):
            with pytest.raises(UsageError, match=r"none to oneself|not be negative"):
                measure(wrong)
    with pytest.raises(UsageError, match=r"keep it below 0\.5 in size"):
        bonacich_power(complete(3), 0.5)
