"""Issue linkage: worked numbers, the best of a grid of divisions, and when it gains nothing."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minsksim import UsageError
from minsksim.theory.linkage import linkage_gain, linked_shares, separate_shares, utils_of_shares

worths = arrays.arrays(float, 3, elements=st.integers(0, 10).map(float))
positive = arrays.arrays(float, 3, elements=st.integers(1, 10).map(float))


@pytest.mark.parametrize("w", [0.55, 0.7, 0.9, 1.0])
def test_each_gets_its_important_issue(w: float) -> None:
    """B8, tollison_willett1979: linked u = w each, separate 1/2 each, gain w - 1/2."""
    first, second = np.array([w, 1.0 - w]), np.array([1.0 - w, w])
    np.testing.assert_array_equal(linked_shares(first, second), (1.0, 0.0))
    assert utils_of_shares(linked_shares(first, second), first, second) == pytest.approx((w, w))
    if w < 1.0:
        np.testing.assert_array_equal(separate_shares(first, second), (0.5, 0.5))
        assert linkage_gain(first, second) == pytest.approx((w - 0.5, w - 0.5))


def test_one_issue_is_divided_where_needed() -> None:
    """w = (3, 1), v = (2, 1): the first issue is shared, the second is the price."""
    first, second = np.array([3.0, 1.0]), np.array([2.0, 1.0])
    shares = linked_shares(first, second)
    # 3 s (3 - 2 s) is highest at s = 3/4
    np.testing.assert_allclose(shares, (0.75, 0.0))
    one, other = linkage_gain(first, second)
    assert (one, other) == pytest.approx((0.25, 0.0))


@given(worths, worths)
def test_no_division_of_a_grid_has_a_higher_product(first: np.ndarray, second: np.ndarray) -> None:
    found = utils_of_shares(linked_shares(first, second), first, second)
    steps = np.linspace(0.0, 1.0, 9)
    best = max(
        np.prod(utils_of_shares(np.array(shares), first, second))
        for shares in product(steps, repeat=3)
    )
    assert found[0] * found[1] >= best - 1e-9


@given(worths, worths)
def test_linked_product_is_never_below_the_separate_one(
    first: np.ndarray, second: np.ndarray
) -> None:
    linked = utils_of_shares(linked_shares(first, second), first, second)
    separate = utils_of_shares(separate_shares(first, second), first, second)
    assert linked[0] * linked[1] >= separate[0] * separate[1] - 1e-9
    assert linkage_gain(first, second) == pytest.approx(
        (linked[0] - separate[0], linked[1] - separate[1])
    )


@given(positive, st.floats(0.1, 10.0))
def test_equal_ratios_leave_nothing_to_gain(first: np.ndarray, scale: float) -> None:
    assert linkage_gain(first, scale * first) == pytest.approx((0.0, 0.0), abs=1e-9)


@given(positive, positive, st.floats(0.1, 10.0))
def test_scale_of_utils_does_not_matter(
    first: np.ndarray, second: np.ndarray, scale: float
) -> None:
    """Shares of issues with the same ratio of worths may differ; what they are worth may not."""
    scaled = utils_of_shares(linked_shares(scale * first, second), first, second)
    plain = utils_of_shares(linked_shares(first, second), first, second)
    np.testing.assert_allclose(scaled, plain, rtol=1e-9)


@given(positive, positive)
def test_at_most_one_issue_is_divided(first: np.ndarray, second: np.ndarray) -> None:
    shares = linked_shares(first, second)
    assert np.all((shares >= 0.0) & (shares <= 1.0))
    assert np.count_nonzero((shares > 0.0) & (shares < 1.0)) <= 1


def test_who_alone_cares_takes_the_issue() -> None:
    first, second = np.array([1.0, 0.0, 0.0, 2.0]), np.array([0.0, 1.0, 0.0, 2.0])
    np.testing.assert_array_equal(separate_shares(first, second), (1.0, 0.0, 0.5, 0.5))
    np.testing.assert_array_equal(linked_shares(first, second)[[0, 1]], (1.0, 0.0))


def test_bad_input_gets_a_sentence() -> None:
    good = np.array([1.0, 2.0])
    for call in (linked_shares, separate_shares, linkage_gain):
        for first, second in ((good, good[:1]), (good - 1.5, good), (good, good - 1.5)):
            with pytest.raises(UsageError, match=r"must not be negative|where M is"):
                call(first, second)
