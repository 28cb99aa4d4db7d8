"""Friedkin-Johnsen and DeGroot: published fixed points, and staying in the hull."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minsksim.rules.influence import friedkin_johnsen, normalise

W = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
X0 = np.array([0.0, 0.2, 1.0])


def turns(weights: np.ndarray, openness: np.ndarray, start: np.ndarray, count: int) -> np.ndarray:
    opinions = start.copy()
    for _ in range(count):
        column, staged = opinions[:, None].copy(), np.zeros((len(start), 1))
        for a in range(len(start)):
            friedkin_johnsen(weights[a], float(openness[a]), start[a : a + 1], column, staged[a])
        opinions = staged[:, 0]
    return opinions


def fixed_point(weights: np.ndarray, openness: np.ndarray, start: np.ndarray) -> np.ndarray:
    """(I - D W)^-1 (I - D) x0."""
    one = np.eye(len(start))
    inner = one - np.diag(openness) @ weights
    return np.linalg.solve(inner, (one - np.diag(openness)) @ start)


def test_published_fixed_point() -> None:
    """N2, friedkin_johnsen1990: susceptibilities (.5, .8, .2) give (.142029, .426087, .936232)."""
    openness = np.array([0.5, 0.8, 0.2])
    end = turns(W, openness, X0, 400)
    np.testing.assert_allclose(end, (0.142029, 0.426087, 0.936232), atol=1e-6)
    np.testing.assert_allclose(end, fixed_point(W, openness, X0), atol=1e-10)


def test_two_who_listen_only_to_each_other() -> None:
    """N2: ((1 - l1) a + l1 (1 - l2) b) / (1 - l1 l2): (.6, .3), (0, 1): (.512195, .853659)."""
    each_other = np.array([[0.0, 1.0], [1.0, 0.0]])
    end = turns(each_other, np.array([0.6, 0.3]), np.array([0.0, 1.0]), 400)
    np.testing.assert_allclose(end, (0.512195, 0.853659), atol=1e-6)


def test_full_openness_is_degroot() -> None:
    """N1, degroot1974: consensus .35 = pi . x0 with pi = (.25, .5, .25) the left eigenvector."""
    values, vectors = np.linalg.eig(W.T)
    pi = np.real(vectors[:, np.argmax(np.real(values))])
    pi /= pi.sum()
    np.testing.assert_allclose(pi, (0.25, 0.5, 0.25), atol=1e-12)
    end = turns(W, np.ones(3), X0, 400)
    np.testing.assert_allclose(end, 0.35, atol=1e-10)
    np.testing.assert_allclose(end, pi @ X0, atol=1e-10)


def test_no_openness_or_nobody_to_heed_changes_nothing() -> None:
    np.testing.assert_array_equal(turns(W, np.zeros(3), X0, 5), X0)
    np.testing.assert_array_equal(turns(np.zeros((3, 3)), np.ones(3), X0, 5), X0)


def test_the_topic_is_the_column() -> None:
    opinions = np.array([[0.0, 9.0], [1.0, -3.0]])
    attention = np.array([0.0, 1.0])
    staged = np.zeros(2)
    friedkin_johnsen(attention, 0.5, np.array([2.0, 2.0]), opinions, staged)
    np.testing.assert_array_equal(staged, (1.5, -0.5))


opinion_sets = arrays.arrays(float, 4, elements=st.floats(-1, 1))
weight_sets = arrays.arrays(float, (4, 4), elements=st.floats(0, 1))
open_sets = arrays.arrays(float, 4, elements=st.floats(0, 0.95))


@given(weight_sets, open_sets, opinion_sets)
def test_fixed_point_and_hull(weights: np.ndarray, openness: np.ndarray, start: np.ndarray) -> None:
    weights = weights + 0.01
    weights /= weights.sum(axis=1, keepdims=True)
    end = turns(weights, openness, start, 600)
    np.testing.assert_allclose(end, fixed_point(weights, openness, start), atol=1e-10)
    assert end.min() >= start.min() - 1e-12
    assert end.max() <= start.max() + 1e-12


@given(arrays.arrays(float, 5, elements=st.floats(-3, 3)))
def test_normalised_weights_keep_sign_and_proportion(weights: np.ndarray) -> None:
    before = weights.copy()
    normalise(weights)
    total = np.abs(before).sum()
    if total == 0.0:
        np.testing.assert_array_equal(weights, before)
        return
    np.testing.assert_allclose(weights, before / total, rtol=1e-12)
    assert np.abs(weights).sum() == pytest.approx(1.0)
