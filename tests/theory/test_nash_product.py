"""Tables of any size: the Nash product over packages and mixtures, and whoever gains least."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_document, read_rows

from minsksim import UsageError
from minsksim.rules.bargaining import settle, value_at
from minsksim.theory.claims import equal_awards
from minsksim.theory.max_min import least_gain, least_relative_gain, max_min_mixture
from minsksim.theory.nash_product import nash_mixture, nash_product
from minsksim.vocabulary import KALAI_SMORODINSKY, NASH

DOMAINS = ("grocery", "itex-cypress", "laptop", "lunch-rv", "nice-or-die")
utils = st.integers(0, 20).map(lambda x: x / 10)
tables = arrays.arrays(float, (6, 3), elements=utils)
three = st.tuples(*[st.floats(0.2, 3.0)] * 3).map(np.array)


def agreed(points: np.ndarray, d: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return everybody's utils in the Nash mixture."""
    mixture = nash_mixture(points, d, weights)
    assert mixture is not None
    return mixture @ points


@pytest.mark.parametrize(
    ("d", "weights", "expected"),
    [
        ((0, 0, 0), (1, 1, 1), (1 / 3, 1 / 3, 1 / 3)),
        ((0, 0, 0.4), (1, 1, 1), (0.2, 0.2, 0.6)),
        ((0, 0, 0), (1, 2, 3), (1 / 6, 1 / 3, 1 / 2)),
        ((0.1, 0.2, 0.3), (2, 1, 1), (0.3, 0.3, 0.4)),
    ],
)
def test_a_pie_for_three(d: Any, weights: Any, expected: tuple[float, ...]) -> None:
    """harsanyi1963: u_a = d_a + w_a / sum w * (1 - sum d)."""
    found = agreed(np.eye(3), np.array(d, float), np.array(weights, float))
    np.testing.assert_allclose(found, expected, atol=1e-9)


@given(tables, three)
def test_no_other_mixture_is_better(points: np.ndarray, weights: np.ndarray) -> None:
    """First-order condition of a concave problem: sum_a w_a u_ka / g_a <= sum_a w_a for all k."""
    d = np.full(3, -0.1)
    mixture = nash_mixture(points, d, weights)
    assert mixture is not None
    assert mixture.min() >= 0.0
    assert mixture.sum() == pytest.approx(1.0)
    worth = (points - d) @ (weights / (mixture @ points - d))
    assert worth.max() <= weights.sum() * (1.0 + 1e-6)


@given(tables, three, st.permutations(range(3)))
def test_names_and_scales_do_not_matter(
    points: np.ndarray, weights: np.ndarray, order: list[int]
) -> None:
    """Symmetry, and invariance to affine rescaling of anybody's utility."""
    d = np.full(3, -0.1)
    plain = agreed(points, d, weights)
    swapped = agreed(points[:, order], d[order], weights[order])
    np.testing.assert_allclose(swapped, plain[order], atol=1e-5)
    scale, shift = np.array([2.0, 0.5, 3.0]), np.array([1.0, -2.0, 0.0])
    scaled = agreed(scale * points + shift, scale * d + shift, weights)
    np.testing.assert_allclose(scaled, scale * plain + shift, atol=1e-4)


@given(tables)
def test_irrelevant_packages_do_not_matter(points: np.ndarray) -> None:
    """Leaving out a package that is not used changes nothing."""
    d, weights = np.full(3, -0.1), np.ones(3)
    mixture = nash_mixture(points, d, weights)
    assert mixture is not None
    used = mixture > 1e-9
    assume(not used.all())
    np.testing.assert_allclose(agreed(points[used], d, weights), mixture @ points, atol=1e-4)


@given(st.lists(st.tuples(utils, utils), min_size=2, max_size=6))
def test_two_parties_agree_with_the_rule_of_the_engine(pairs: list[tuple[float, float]]) -> None:
    points = np.array(pairs)
    d = np.full(2, -0.05)
    chain = hull(points)
    position = settle(
        chain[:, 0].copy(), chain[:, 1].copy(), len(chain) - 1, NASH, 0.5, *[(-0.05,) * 2] * 2
    )
    expected = [value_at(chain[:, party].copy(), position) for party in (0, 1)]
    np.testing.assert_allclose(agreed(points, d, np.ones(2)), expected, atol=1e-5)


def hull(points: np.ndarray) -> np.ndarray:
    """Return the upper right chain of the convex hull, from the first's best to the second's."""
    best = points[np.lexsort((-points[:, 1], -points[:, 0]))]
    chain: list[np.ndarray] = [best[0]]
    for point in best[1:]:
        if point[1] <= chain[-1][1]:
            continue
        while len(chain) > 1 and _is_inside(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return np.array(chain)


def _is_inside(one: np.ndarray, middle: np.ndarray, other: np.ndarray) -> bool:
    a, b = one - middle, other - middle
    return bool(a[0] * b[1] - a[1] * b[0] >= 0.0)


def test_no_mixture_where_somebody_must_lose() -> None:
    points = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    assert nash_mixture(points, np.array([0.5, 0.5, 0.1]), np.ones(3)) is None
    assert nash_mixture(points, np.array([0.6, 0.6, 0.1]), np.ones(3)) is None
    assert nash_mixture(points, np.array([0.4, 0.4, 0.4]), np.ones(3)) is not None


def test_only_the_ratio_of_weights_counts() -> None:
    """Half a pie each, and three quarters for thrice the weight, in whatever unit weights are."""
    for unit in (1e-9, 1.0, 1e9):
        for weights, share in (((1.0, 1.0), 0.5), ((3.0, 1.0), 0.75)):
            utils = agreed(np.eye(2), np.zeros(2), unit * np.array(weights))
            np.testing.assert_allclose(utils, (share, 1.0 - share), atol=1e-6)


def test_the_whole_probability_moves_where_the_product_just_stops_rising() -> None:
    """From (2, 2) to (3, 1.5) the product 4 + t - t^2 / 2 peaks at t = 1, with 4.5."""
    mixture = nash_mixture(np.array([[2.0, 2.0], [3.0, 1.5]]), np.zeros(2), np.ones(2))
    assert mixture is not None
    np.testing.assert_allclose(mixture, (0.0, 1.0), atol=1e-12)


def test_product_counts_only_what_suits_all() -> None:
    points = np.array([[2.0, 3.0, 1.0], [-1.0, -1.0, 5.0], [9.0, 9.0, 0.0]])
    found = nash_product(points, np.zeros(3), np.array([1.0, 2.0, 1.0]))
    np.testing.assert_allclose(found, (18.0, 0.0, 0.0))
    with pytest.raises(UsageError, match=r"weights is .*above 0"):
        nash_product(points, np.zeros(3), np.array([1.0, 0.0, 1.0]))
    with pytest.raises(UsageError, match=r"weights is .*above 0"):
        nash_mixture(points, np.zeros(3), np.array([1.0, -1.0, 1.0]))
    with pytest.raises(UsageError, match=r"weights is .*above 0"):
        nash_mixture(points, np.zeros(3), np.array([1.0, 0.0, 1.0]))


@given(tables)
def test_max_min_mixture_is_the_best_for_the_worst_off(points: np.ndarray) -> None:
    d = np.array([0.0, 0.1, 0.2])
    mixture = max_min_mixture(points, d)
    assert mixture.sum() == pytest.approx(1.0)
    least = (mixture @ points - d).min()
    assert least >= least_gain(points, d).max() - 1e-9
    steps = [np.array(one) / 4 for one in product(range(5), repeat=6) if sum(one) == 4]
    assert least >= max((one @ points - d).min() for one in steps) - 1e-9


def test_least_gains() -> None:
    points = np.array([[1.0, 0.2], [0.5, 0.6], [2.0, -1.0]])
    np.testing.assert_allclose(least_gain(points, np.array([0.1, 0.0])), (0.2, 0.4, -1.0))
    relative = least_relative_gain(points, np.array([0.1, 0.0]))
    np.testing.assert_allclose(relative[:2], (0.2 / 0.6, 0.4 / 0.9))
    assert np.all(least_relative_gain(points, np.array([3.0, 0.0])) == -np.inf)
    assert np.all(least_relative_gain(points[:1], points[0]) == -np.inf)


@given(st.floats(1.0, 590.0))
def test_nash_of_claims_is_equal_awards(estate: float) -> None:
    """dagan_volij1993."""
    claims = np.array([100.0, 200.0, 300.0])
    corners = []
    for order in permutations(range(3)):
        left, award = estate, np.zeros(3)
        for a in order:
            award[a] = min(claims[a], left)
            left -= award[a]
        corners.append(award)
    found = agreed(np.array(corners), np.zeros(3), np.ones(3))
    np.testing.assert_allclose(found, equal_awards(claims, estate), atol=1e-3)


def packages(domain: dict[str, Any]) -> np.ndarray:
    """Return both parties' utils of every combination of values."""
    names = [issue["name"] for issue in domain["issues"]]
    choices = [issue["values"] for issue in domain["issues"]]
    profiles = domain["utilities"]
    return np.array(
        [
            [
                sum(
                    profile["weights"][name] * profile["evaluations"][name][value]
                    for name, value in zip(names, values, strict=True)
                )
                for profile in profiles
            ]
            for values in product(*choices)
        ]
    )


@pytest.mark.parametrize("name", DOMAINS)
def test_published_solutions_of_negotiation_domains(name: str) -> None:
    points = packages(read_document(f"anac-domains/public/{name}.domain.json"))
    expected = read_document(f"anac-domains/public/{name}.expected.json")
    for case in expected.values():
        d = np.array(case["disagreement"])
        assert len(points) == case["n_outcomes"]
        acceptable = points[(points >= d - 1e-6).all(axis=1)]
        assert len(acceptable) == case["n_individually_rational"]
        scores = {
            "nash": nash_product(points, d, np.ones(2)),
            "egalitarian_kalai": least_gain(points, d),
            "kalai_smorodinsky_discrete": least_relative_gain(points, d),
        }
        for solution, score in scores.items():
            published_one = case[solution]
            if published_one is None:
                assert score.max() <= 0.0
                continue
            assert score.max() == pytest.approx(published_one["value"], abs=2e-6)
            found = points[score >= score.max() - 1e-9]
            published_utils = [one["utilities"] for one in published_one["points"]]
            assert len(found) == published_one["n_ties"]
            np.testing.assert_allclose(
                np.sort(found, axis=0), np.sort(published_utils, axis=0), atol=2e-6
            )


def test_published_nash_products_of_large_domains() -> None:
    for domain in read_document("negolog-domains/public_domains.json"):
        profiles = [domain["profile_a"], domain["profile_b"]]
        names = list(profiles[0]["weights"])
        points = np.array([[0.0, 0.0]])
        for name in names:
            values = profiles[0]["values"][name]
            step = np.array(
                [
                    [one["weights"][name] * one["values"][name][v] for one in profiles]
                    for v in values
                ]
            )
            points = (points[:, None, :] + step[None, :, :]).reshape(-1, 2)
        published_one = domain["published"]
        assert len(points) == published_one["number_of_outcomes"]
        products = nash_product(points, np.zeros(2), np.ones(2))
        assert products.max() == pytest.approx(published_one["nash_product"], abs=1e-6)
        assert points.sum(axis=1).max() == pytest.approx(
            published_one["max_social_welfare"], abs=1e-6
        )


def test_published_table_of_weighted_pies() -> None:
    rows = read_rows("closed-form-bargaining/public_linear_pie_outside_options_weighted_nash.csv")
    assert len(rows) == 48
    u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    for row in rows:
        d = float(row["disagreement_1"]), float(row["disagreement_2"])
        alpha, share = float(row["weight_1"]), float(row["share_1"])
        assert value_at(u, settle(u, v, 1, NASH, alpha, d, d)) == pytest.approx(share, abs=1e-9)
        weights = np.array([alpha, 1.0 - alpha])
        if sum(d) < 1.0:
            found = agreed(np.eye(2), np.array(d), weights)
            np.testing.assert_allclose(found, (share, float(row["share_2"])), atol=1e-7)


def test_published_table_of_risk_averse_parties() -> None:
    rows = read_rows("closed-form-bargaining/public_split_the_dollar_power_utility.csv")
    assert len(rows) == 16
    count = 100_000
    x = np.linspace(1.0, 0.0, count + 1)
    zero = (0.0, 0.0)
    for row in rows:
        u, v = x ** float(row["exponent_1"]), (1.0 - x) ** float(row["exponent_2"])
        for protocol, name in ((NASH, "nash"), (KALAI_SMORODINSKY, "kalai_smorodinsky")):
            share = value_at(x, settle(u, v, count, protocol, 0.5, zero, zero))
            assert share == pytest.approx(float(row[f"{name}_share_1"]), abs=1e-5)
