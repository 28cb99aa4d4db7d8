"""Indices against closed forms and against SALib, through our own designs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minsksim.analysis.agreement import agreement
from minsksim.analysis.drawn import Drawn
from minsksim.analysis.indices import assess, half_sizes, order_agreement
from minsksim.errors import UsageError
from minsksim.experiment.question.design import design_of
from minsksim.experiment.question.vary import Axis

FIRST = (0.313905, 0.442411, 0.0)
TOTAL = (0.557589, 0.442411, 0.243684)
"""Ishigami's function with a = 7, b = 0.1: closed forms."""


def drawn(kind: str, count: int, base: int, seed: int) -> Drawn:
    """Return a design of our own in the unit cube."""
    names = tuple(f"x{n}" for n in range(count))
    axes = tuple(Axis(name, 0.0, 1.0) for name in names)
    return Drawn(kind, names, design_of(kind, axes, base, seed).values)


def ishigami(unit: np.ndarray) -> np.ndarray:
    x = (2 * unit - 1) * math.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])
"""The parameters of Sobol's function; the smaller, the more an input matters."""


def sobol_g(unit: np.ndarray) -> np.ndarray:
    return np.prod((np.abs(4 * unit - 2) + G) / (1 + G), axis=1)


def noisy(values: np.ndarray, runs: int, size: float, seed: int) -> np.ndarray:
    """Return runs that differ from a function by draws, which no two points share."""
    return values[:, None] + size * np.random.default_rng(seed).normal(size=(len(values), runs))


@pytest.mark.parametrize("noise", [None, 2.0])
def test_ishigami_has_the_variance_shares_of_the_closed_form(noise: float | None) -> None:
    design = drawn("saltelli", 3, 4096, 7)
    y = ishigami(design.unit)
    found = assess(design, y if noise is None else noisy(y, 4, noise, 1))
    slack = 0.02 if noise is None else 0.05
    for index, truth in (("first", FIRST), ("total", TOTAL)):
        middle, low, high = found.estimates[index]
        np.testing.assert_allclose(middle, truth, atol=slack)
        assert (low - 0.01 <= truth).all()
        assert (truth <= high + 0.01).all()
    assert found.ranked == [0, 1, 2]


def test_sobols_function_has_the_variance_shares_of_the_closed_form() -> None:
    alone = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + alone) - 1
    total = alone * np.prod(1 + alone) / (1 + alone) / whole
    design = drawn("saltelli", 8, 8192, 3)
    found = assess(design, sobol_g(design.unit))
    np.testing.assert_allclose(found.estimates["first"].middle, alone / whole, atol=0.02)
    np.testing.assert_allclose(found.estimates["total"].middle, total, atol=0.02)
    assert found.ranked[:4] == [0, 1, 2, 3]


def test_draws_that_all_points_of_a_block_share_cancel() -> None:
    """Draws move the measure a hundred times as far as the numbers do."""
    design = drawn("saltelli", 2, 256, 1)
    shared = np.repeat(np.random.default_rng(1).normal(size=(256, 4)), design.size, axis=0)
    y = 0.01 * (design.unit @ [3.0, 1.0])[:, None] + shared
    found = assess(design, y)
    np.testing.assert_allclose(found.estimates["total"].middle, [0.9, 0.1], atol=0.03)
    assert found.ranked == [0, 1]


def test_without_draws_the_indices_of_morris_are_salibs() -> None:
    from SALib.analyze import morris

    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0.0, 1.0]] * 3}
    design = drawn("morris", 3, 30, 7)
    y = ishigami(design.unit)
    theirs = morris.analyze(problem, design.unit, y, num_resamples=100, num_levels=4, seed=1)
    ours = assess(design, y).estimates
    for index, key in (("mean_effect", "mu_star"), ("spread", "sigma"), ("signed_effect", "mu")):
        np.testing.assert_allclose(ours[index].middle, theirs[key], rtol=1e-9, atol=1e-9)


def test_a_line_has_the_effects_of_its_slopes() -> None:
    design = drawn("morris", 3, 10, 1)
    found = assess(design, design.unit @ [6.0, -4.0, 0.0])
    for index, truth in (("mean_effect", (6, 4, 0)), ("signed_effect", (6, -4, 0))):
        for part in found.estimates[index]:
            np.testing.assert_allclose(part, truth, atol=1e-9)
    np.testing.assert_allclose(found.estimates["spread"].high, 0, atol=1e-6)
    assert found.ranked == [0, 1]


def test_draws_add_nothing_to_a_mean_effect() -> None:
    design = drawn("morris", 3, 200, 1)
    y = noisy(design.unit @ [6.0, 0.5, 0.0], 4, 1.0, 3)
    middle, low, high = assess(design, y).estimates["mean_effect"]
    # the plain mean of absolute effects is 1.2 for an input that does nothing
    assert middle[2] < 0.4
    assert middle[0] == pytest.approx(6, abs=0.3)
    assert (low >= 0).all()
    assert (low <= middle).all()
    assert (middle <= high).all()


def test_spread_has_an_interval() -> None:
    design = drawn("morris", 2, 60, 1)
    found = assess(design, design.unit[:, 0] * design.unit[:, 1])
    middle, low, high = found.estimates["spread"]
    # the change is the other input, which lies on 0, 1/3, 2/3 or 1
    truth = math.sqrt(5 / 36)
    assert (low < middle).all()
    assert (middle < high).all()
    assert (low <= truth).all()
    assert (truth <= high).all()


def test_rank_correlations_are_scipys_and_their_intervals_hold() -> None:
    from scipy.stats import spearmanr

    design = drawn("lhs", 3, 256, 3)
    y = design.unit[:, 0] + 0.5 * design.unit[:, 1]
    found = assess(design, y)
    for value, column in zip(
        found.estimates["rank_correlation"].middle, design.unit.T, strict=True
    ):
        assert value == pytest.approx(spearmanr(column, y).statistic)
    draws = np.random.default_rng(4)
    misses = 0
    for _ in range(400):
        one = Drawn("lhs", ("x",), draws.normal(size=(60, 1)))
        _, low, high = assess(one, draws.normal(size=60)).estimates["rank_correlation"]
        misses += not low[0] <= 0 <= high[0]
    assert misses / 400 == pytest.approx(0.05, abs=0.035)


def test_a_partial_correlation_is_that_of_what_is_left() -> None:
    draws = np.random.default_rng(1)
    first = draws.normal(size=400)
    second = 0.75 * first + math.sqrt(1 - 0.75**2) * draws.normal(size=400)
    y = first + second + draws.normal(size=400)
    found = assess(Drawn("list", ("a", "b"), np.column_stack([first, second])), y)
    # of three normal variables: (r_ay - r_ab r_by) / sqrt((1 - r_ab^2) (1 - r_by^2))
    full = np.corrcoef(np.array([first, second, y]))
    for one, other in ((0, 1), (1, 0)):
        left = full[one, 2] - full[0, 1] * full[other, 2]
        truth = left / math.sqrt((1 - full[0, 1] ** 2) * (1 - full[other, 2] ** 2))
        assert found.estimates["partial"].middle[one] == pytest.approx(truth, abs=0.06)
    assert sorted(found.ranked) == [0, 1]


def test_half_of_all_pairs_agree_by_chance_and_the_bar_is_beyond_it() -> None:
    draws = np.random.default_rng(3)
    found = agreement(draws.normal(size=(50, 4, 2000)))
    # the better of two tests, counted double, is never too sure of itself
    assert 0.01 < (found.chance < 0.05).mean() < 0.05
    assert (found.controls < 0.05).mean() < 0.05
    assert not found.beyond.any()
    both = agreement(np.abs(draws.normal(size=(50, 4, 3))))
    np.testing.assert_allclose(both.chance, 2 * 0.5**100)
    assert both.beyond.all()
    few = agreement(np.ones((5, 2, 3)))
    assert not few.beyond.any(), "five agreements of five are luck among three numbers"


def test_one_run_at_each_point_ranks_nobody() -> None:
    for kind in ("morris", "saltelli"):
        design = drawn(kind, 3, 64, 1)
        y = noisy(design.unit @ [6.0, 0.0, 0.0], 1, 0.1, 1)
        assert assess(design, y).ranked == []
        assert assess(design, np.hstack([y, y + 0.01])).ranked[:1] == [0]


def half_agreement(design: Drawn, y: np.ndarray, only: list[int]) -> float:
    return order_agreement(half_sizes(design, y, only))


def test_halves_agree_where_the_order_is_plain_and_not_on_noise() -> None:
    design = drawn("saltelli", 6, 256, 1)
    plain = design.unit @ [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]
    everybody = list(range(6))
    assert half_agreement(design, plain, everybody) == 1.0
    noise = np.random.default_rng(2).normal(size=len(plain))
    few = design.of_blocks(np.arange(256) < 16)
    assert not half_agreement(few, noise[: 16 * 8], everybody) >= 0.9
    one = design.of_blocks(np.arange(256) < 1)
    assert math.isnan(half_agreement(one, plain[:8], everybody))
    lhs = drawn("lhs", 6, 300, 1)
    assert half_agreement(lhs, lhs.unit @ [6.0, 5.0, 4.0, 3.0, 2.0, 1.0], everybody) == 1.0


def test_chosen_points_have_no_indices() -> None:
    with pytest.raises(UsageError, match="grid design"):
        assess(Drawn("grid", ("x",), np.zeros((4, 1))), np.arange(4.0))
