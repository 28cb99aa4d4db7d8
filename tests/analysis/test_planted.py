"""Planted truths: inputs that do nothing are never ranked, and inputs that do something are."""

from __future__ import annotations

import numpy as np
from planted import drawn, few_of_many

from minsksim.analysis.correlated import correlated
from minsksim.analysis.drawn import Drawn
from minsksim.analysis.indices import assess

SEEDS = 20


def test_shares_rank_those_that_matter_and_no_inert_one() -> None:
    design = drawn("saltelli", 45, 128, 1)
    for seed in range(20):
        noise = np.random.default_rng(seed).normal(size=(len(design.unit), 4))
        found = assess(design, few_of_many(design.unit)[:, None] + 0.5 * noise)
        assert found.ranked[:2] == [0, 1]
        assert set(found.ranked) <= {0, 1, 2, 3, 4}


def test_an_inert_input_that_lets_runs_go_differently_is_not_ranked() -> None:
    """Each change of any input draws the rest of a run anew; only the first moves the mean."""
    for kind in ("morris", "saltelli"):
        design = drawn(kind, 12, 256, 1)
        y = 2 * design.unit[:, :1] + np.random.default_rng(5).normal(size=(len(design.unit), 4))
        assert assess(design, y).ranked == [0]
        # what single runs show: every input changes the measure, by more than one
        assert np.abs(np.diff(y, axis=0)).mean() > 1


def test_a_column_that_goes_with_one_that_matters_is_not_ranked() -> None:
    """Fault A3: r = 0.75 with a number that matters made an inert one third of 411."""
    for seed in range(SEEDS):
        draws = np.random.default_rng(seed)
        unit = draws.normal(size=(256, 40))
        unit[:, 1] = 0.75 * unit[:, 0] + np.sqrt(1 - 0.75**2) * unit[:, 1]
        y = unit[:, 0] + unit[:, 2] + 0.5 * draws.normal(size=256)
        found = assess(Drawn("list", tuple(f"x{n}" for n in range(40)), unit), y)
        plain = np.abs(found.estimates["rank_correlation"].middle)
        assert plain[1] > np.sort(plain)[-4], "the plain order is fooled"
        assert set(found.ranked) == {0, 2}
        assert found.stand_in[1] == 0


def test_a_sobol_design_of_few_points_gives_no_order() -> None:
    design = drawn("sobol", 411, 256, 0)
    columns = design.columns
    assert columns.largest > 0.9
    assert columns.beyond > 500
    assert columns.is_too_entangled
    one, other = (design.names.index(name) for name in columns.pair)
    y = design.unit[:, one] + 0.1 * np.random.default_rng(1).normal(size=256)
    found = assess(design, y)
    assert abs(found.estimates["rank_correlation"].middle[other]) > 0.8
    assert found.ranked == []


def test_columns_of_independent_draws_are_not_called_correlated() -> None:
    beyond = 0
    for seed in range(20):
        columns = correlated(tuple("x" * 200), np.random.default_rng(seed).random((128, 200)))
        assert not columns.is_too_entangled
        beyond += columns.beyond
    # 0.05 pairs of a design are expected above the limit
    assert beyond <= 4


def test_a_wave_of_another_column_is_seen_where_no_correlation_is() -> None:
    draws = np.random.default_rng(2)
    unit = draws.random((256, 3))
    unit[:, 1] = np.abs(unit[:, 0] - 0.5) + 0.05 * draws.random(256)
    columns = correlated(("a", "b", "c"), unit)
    assert abs(columns.matrix[0, 1]) < columns.limit
    assert [1, 0] in columns.aliases[:, :2].tolist()
