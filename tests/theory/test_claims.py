"""Claims on an estate: the Talmud's table, and what each division promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim import UsageError
from minsksim.theory.claims import equal_awards, equal_losses, proportional, talmud

DIVISIONS = (proportional, equal_awards, equal_losses, talmud)
CLAIMS = np.array([100.0, 200.0, 300.0])
claim_sets = arrays.arrays(float, 4, elements=st.integers(0, 100).map(float))
fractions = st.floats(0.0, 1.0)


@pytest.mark.parametrize(
    ("estate", "awards"),
    [
        (100.0, (100 / 3, 100 / 3, 100 / 3)),
        (200.0, (50.0, 75.0, 75.0)),
        (300.0, (50.0, 100.0, 150.0)),
        (400.0, (50.0, 125.0, 225.0)),
        (600.0, (100.0, 200.0, 300.0)),
    ],
)
def test_the_table_of_the_talmud(estate: float, awards: tuple[float, ...]) -> None:
    """aumann_maschler1985."""
    np.testing.assert_allclose(talmud(CLAIMS, estate), awards)


def test_worked_divisions() -> None:
    np.testing.assert_allclose(equal_awards(CLAIMS, 400.0), (100, 150, 150))
    np.testing.assert_allclose(equal_awards(CLAIMS[::-1], 400.0), (150, 150, 100))
    np.testing.assert_allclose(equal_losses(CLAIMS, 100.0), (0, 0, 100))
    np.testing.assert_allclose(equal_losses(CLAIMS, 300.0), (0, 100, 200))
    np.testing.assert_allclose(proportional(CLAIMS, 300.0), (50, 100, 150))
    np.testing.assert_array_equal(proportional(np.zeros(2), 0.0), (0, 0))


@pytest.mark.parametrize("divide", DIVISIONS)
@given(claim_sets, fractions)
def test_all_is_given_and_nobody_gets_more_than_owed(divide, claims, fraction) -> None:
    awards = divide(claims, fraction * claims.sum())
    assert awards.sum() == pytest.approx(fraction * claims.sum(), abs=1e-9)
    assert np.all(awards >= -1e-9)
    assert np.all(awards <= claims + 1e-9)
    order = np.argsort(claims)
    assert np.all(np.diff(awards[order]) >= -1e-9)


@given(claim_sets, fractions)
def test_every_two_share_as_the_contested_garment(claims: np.ndarray, fraction: float) -> None:
    """aumann_maschler1985: what one does not claim is the other's; the rest is halved."""
    awards = talmud(claims, fraction * claims.sum())
    for a in range(len(claims)):
        for b in range(len(claims)):
            if a == b:
                continue
            both = awards[a] + awards[b]
            conceded_to_a = max(both - claims[b], 0.0)
            conceded_to_b = max(both - claims[a], 0.0)
            contested = both - conceded_to_a - conceded_to_b
            assert awards[a] == pytest.approx(conceded_to_a + contested / 2.0, abs=1e-9)


@given(claim_sets, fractions)
def test_awards_and_losses_are_equal_where_claims_allow(claims, fraction) -> None:
    awards = equal_awards(claims, fraction * claims.sum())
    short = awards < claims - 1e-9
    if short.any():
        np.testing.assert_allclose(awards[short], awards.max(), atol=1e-9)
    losses = claims - equal_losses(claims, fraction * claims.sum())
    paid = losses < claims - 1e-9
    if paid.any():
        np.testing.assert_allclose(losses[paid], losses.max(), atol=1e-9)


def test_bad_input_gets_a_sentence() -> None:
    for divide in DIVISIONS:
        for claims, estate in (
            (-CLAIMS, 1.0),
            (CLAIMS - 150.0, 1.0),
            (CLAIMS, -1.0),
            (CLAIMS, 601.0),
        ):
            with pytest.raises(UsageError, match=r"at most the sum of the claims|not be negative"):
                divide(claims, estate)


def test_published_table_of_estates() -> None:
    names = {
        "talmud_nucleolus": talmud,
        "equal_awards": equal_awards,
        "equal_losses": equal_losses,
        "proportional": proportional,
    }
    for row in read_rows("bankruptcy-talmud/public_claims_100_200_300.csv"):
        for name, divide in names.items():
            awards = divide(CLAIMS, float(row["estate"]))
            expected = [float(row[f"{name}_{claim:g}"]) for claim in CLAIMS]
            np.testing.assert_allclose(awards, expected, atol=1e-6)
