"""Voting power against the Shapley value of the game, brute force and published committees."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import read_document

from minsksim.errors import UsageError
from minsksim.theory.shapley import shapley_value
from minsksim.theory.voting_power import banzhaf_swings, shapley_shubik

committees = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any)


@given(committees, st.floats(0.01, 1.0))
def test_against_every_coalition(weights: list[int], share: float) -> None:
    quota = share * sum(weights)

    def wins(together: frozenset[int]) -> float:
        return float(sum(weights[i] for i in together) >= quota)

    voters = range(len(weights))
    np.testing.assert_allclose(shapley_shubik(weights, quota), shapley_value(len(weights), wins))
    swings = [
        sum(
            wins(frozenset(others) | {i}) - wins(frozenset(others))
            for size in voters
            for others in combinations([j for j in voters if j != i], size)
        )
        for i in voters
    ]
    np.testing.assert_array_equal(banzhaf_swings(weights, quota), swings)


def test_oracle_c4() -> None:
    np.testing.assert_allclose(shapley_shubik([50, 49, 1], 51), (2 / 3, 1 / 6, 1 / 6))
    np.testing.assert_array_equal(banzhaf_swings([50, 49, 1], 51), (3, 1, 1))


def test_european_council_of_1958_gave_luxembourg_nothing() -> None:
    """Brams and others: 4, 4, 4, 2, 2, 1 with quota 12; published 14, 14, 14, 9, 9, 0 of 60."""
    power = shapley_shubik([4, 4, 4, 2, 2, 1], 12)
    np.testing.assert_allclose(power * 60, (14, 14, 14, 9, 9, 0), atol=1e-12)
    np.testing.assert_array_equal(banzhaf_swings([4, 4, 4, 2, 2, 1], 12), (10, 10, 10, 6, 6, 0))


def test_published_committees() -> None:
    for case in read_document("coalition-power/public_voting_games.json"):
        voters = list(case["weights"])
        weights, quota = list(case["weights"].values()), case["quota"]
        power, swings = shapley_shubik(weights, quota), banzhaf_swings(weights, quota)
        np.testing.assert_allclose(power, [case["shapley_shubik"][v][1] for v in voters], atol=1e-8)
        np.testing.assert_array_equal(swings, [case["banzhaf_swings"][v] for v in voters])
        index = [case["banzhaf_normalised"][v][1] for v in voters]
        np.testing.assert_allclose(swings / swings.sum(), index, atol=1e-8)


def test_decimals_mean_what_they_say() -> None:
    """In binary 0.1 + 0.7 falls short of 0.8; the first and second voter win all the same."""
    np.testing.assert_allclose(shapley_shubik([0.1, 0.7, 0.2], 0.8), (1 / 6, 2 / 3, 1 / 6))
    np.testing.assert_allclose(shapley_shubik([0.1, 0.2, 0.0], 0.3), (0.5, 0.5, 0.0))
    # a thousandth decides: the second and third voter fall short of two thirds together
    assert list(banzhaf_swings([0.334, 0.333, 0.333], 0.667)) == [3, 1, 1]


def test_a_large_council_is_counted_without_listing_its_coalitions() -> None:
    power = shapley_shubik([1] * 30, 16)
    np.testing.assert_allclose(power, 1 / 30)


def test_bad_input_gets_a_sentence() -> None:
    for weights, quota in (([1, 2], 0), ([1, 2], 3.1), ([3, -1], 1), ([0, 0], 0)):
        with pytest.raises(UsageError, match=rf"quota of {quota} must|quota is {quota}|weights is"):
            shapley_shubik(weights, quota)
        with pytest.raises(UsageError, match=r"within the sum|must be above 0|not be negative"):
            banzhaf_swings(weights, quota)
