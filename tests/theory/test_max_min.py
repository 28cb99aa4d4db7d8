"""Kalai-Smorodinsky and the egalitarian solution on finite sets: where nobody can gain."""

import numpy as np

from minsksim.theory.max_min import least_relative_gain


def test_who_can_gain_nothing_leaves_no_package_to_compare() -> None:
    """The second party gets 0 everywhere, so shares of its ideal mean nothing."""
    points = np.array([[1.0, 0.0], [2.0, 0.0]])
    np.testing.assert_array_equal(least_relative_gain(points, np.zeros(2)), [-np.inf, -np.inf])


def test_gains_are_shares_of_the_ideal() -> None:
    """Ideals 4 and 1: of (2, 0.6) the first has half, the second more."""
    points = np.array([[4.0, 0.0], [2.0, 0.6], [0.0, 1.0]])
    np.testing.assert_allclose(least_relative_gain(points, np.zeros(2)), [0.0, 0.5, 0.0])
