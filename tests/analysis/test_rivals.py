"""Rival models side by side: the car example, its edges, and the published bar on EU decisions."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from published import published, read_rows

from minsksim import Case, UsageError, bench, load_case
from minsksim.analysis.rivals import models
from minsksim.analysis.rivals.edges import changed, find_edges
from minsksim.analysis.rivals.ensemble import choices_without, choose_averaged, errors_of_sets
from minsksim.analysis.rivals.models import AVERAGED, RIVALS, expected_utility_at, median_at
from minsksim.analysis.rivals.scores import clustered_bootstrap, score

MEDIAN_ROW = "median_gdp_x_salience"
MODELS = {rival.name: rival for rival in RIVALS}


@pytest.fixture(scope="module")
def cars() -> Case:
    """Return the shipped car-emission case."""
    return load_case("car_emissions")


@pytest.fixture(scope="module")
def union() -> Case:
    """Return the decisions of the European Union."""
    return load_case(published("eu-deu3"))


def errors(union: Case, answers: np.ndarray) -> np.ndarray:
    """Return absolute errors where both the answer and the end are known."""
    found = np.abs(answers - np.array([issue.known for issue in union.issues]))
    return found[np.isfinite(found)]


def test_car_emissions_side_by_side(cars: Case) -> None:
    """C3, through the front door."""
    found = bench(cars)
    row = found.answers.loc["years"]
    assert row["compromise"] == pytest.approx(7.389956, abs=1e-6)
    assert row["mean"] == pytest.approx(6.7)
    assert row["median"] == 7.0
    assert row["share"] == pytest.approx(0.503693, abs=1e-6)
    assert row["exchange"] == row["compromise"], "one issue leaves nothing to exchange"
    assert found.scores == ()
    assert found.conflict is None


def test_knife_edges_of_car_emissions(cars: Case) -> None:
    """C3: Germany 3.2 points down, UK or France 3.2 up, flip the median from 7 to 10."""
    edges = [edge for edge in find_edges(cars) if edge.model == "median"]
    nearest = {(edge.actor, edge.edge - edge.value > 0): edge for edge in edges[:4]}
    assert set(nearest) == {("germany", False), ("uk", True), ("france", True), ("italy", True)}
    for edge in nearest.values():
        assert (edge.number, edge.now, edge.then) == ("salience", 7.0, 10.0)
        assert edge.size == pytest.approx(3.125, abs=1e-6)


def test_every_edge_flips_its_model_there_and_not_before(cars: Case) -> None:
    rules = {"median": lambda c, i: median_at(c, i)[0], "expected_utility": expected_utility_at}
    edges = find_edges(cars)
    assert {edge.model for edge in edges} == set(rules)
    for edge in edges:
        sign = np.sign(edge.edge - edge.value)
        which = (cars.actors.index(edge.actor), 0, edge.number)
        before, beyond = (changed(cars, *which, sign * (edge.size + d)) for d in (-1e-3, 1e-3))
        assert before is not None
        assert beyond is not None
        rule = rules[edge.model]
        assert rule(beyond, 0) == pytest.approx(edge.then, abs=1e-3)
        assert abs(rule(before, 0) - edge.then) > 0.05


def test_no_smaller_change_flips_the_median(cars: Case) -> None:
    """Brute force over every actor and number on a fine grid, up to the nearest edge."""
    least = min(edge.size for edge in find_edges(cars, is_searched=False))
    for actor in range(len(cars.actors)):
        for number in ("salience", "capability", "position"):
            for points in np.linspace(-least, least, 21) * 0.999:
                after = changed(cars, actor, 0, number, float(points))
                if after is not None:
                    moved = abs(median_at(after, 0)[0] - 7.0)
                    own = abs(points) / 100.0 * 6.0 if number == "position" else 0.0
                    assert moved <= own + 1e-12


def test_a_number_cannot_leave_its_scale(cars: Case) -> None:
    denmark = cars.actors.index("denmark")
    assert changed(cars, denmark, 0, "salience", 0.1) is None
    assert changed(cars, denmark, 0, "position", -0.1) is None
    assert changed(cars, denmark, 0, "capability", -100.1) is None
    assert changed(cars, denmark, 0, "capability", 10.0).capability[denmark] == pytest.approx(0.055)


def test_unknown_numbers_follow_the_rule(cars: Case) -> None:
    """Without salience: out of weighted models, in the plain mean; without position: out of all."""
    salience, positions = cars.salience.copy(), cars.positions.copy()
    salience[cars.actors.index("germany")] = np.nan
    positions[cars.actors.index("uk")] = np.nan
    found = replace(cars, salience=salience, positions=positions)
    keep = [a for a, name in enumerate(cars.actors) if name not in ("germany", "uk")]
    part = replace(
        cars,
        actors=tuple(cars.actors[a] for a in keep),
        labels=tuple(cars.labels[a] for a in keep),
        positions=cars.positions[keep],
        salience=cars.salience[keep],
        capability=cars.capability[keep],
    )
    for name in ("compromise", "nash", "median", "expected_utility", "exchange"):
        assert MODELS[name].answer(found) == pytest.approx(MODELS[name].answer(part)), name
    assert MODELS["mean"].answer(found)[0] == pytest.approx((6.7 * 10 - 10) / 9)


def test_an_issue_that_nobody_cares_about_has_no_weighted_answer(cars: Case) -> None:
    found = bench(replace(cars, salience=0.0 * cars.salience))
    row = found.answers.loc["years"]
    assert (
        row[["compromise", "nash", "median", "expected_utility", "exchange", "share"]].isna().all()
    )
    assert row["mean"] == pytest.approx(6.7)
    assert found.edges == ()


def test_answers_stay_within_the_positions(union: Case) -> None:
    low, high = np.nanmin(union.positions, axis=0), np.nanmax(union.positions, axis=0)
    for rival in RIVALS:
        answers = rival.answer(union)
        if rival.name not in ("middle", "reference", "veto"):
            slack = 0.5 if rival.name == "nash" else 1e-9  # its grid is half a point wide
            assert np.all((answers >= low - slack) & (answers <= high + slack)), rival.name


def with_even(union: Case, *, capability: bool = False, salience: bool = False) -> Case:
    """Return the case with one capability for all, or one salience for all."""
    return replace(
        union,
        capability=np.ones(len(union.actors)) if capability else union.capability,
        salience=np.full(union.salience.shape, 100.0) if salience else union.salience,
    )


def held_by(union: Case, actor: str) -> np.ndarray:
    """Return one actor's positions as if they were answers."""
    return union.positions[union.actors.index(actor)]


def baseline(union: Case, name: str) -> np.ndarray:
    """Return the answers behind a row of the published table."""
    plain = with_even(union, capability=True, salience=True)
    return {
        "always_50": lambda: MODELS["middle"].answer(union),
        "reference_point": lambda: MODELS["reference"].answer(union),
        "commission_position": lambda: held_by(union, "com"),
        "parliament_position": lambda: held_by(union, "ep"),
        "median_equal": lambda: MODELS["median"].answer(plain),
        "median_gdp_x_salience": lambda: MODELS["median"].answer(union),
        "mean_equal": lambda: MODELS["mean"].answer(union),
        "mean_salience": lambda: MODELS["compromise"].answer(with_even(union, capability=True)),
        "mean_gdp": lambda: MODELS["compromise"].answer(with_even(union, salience=True)),
        "mean_gdp_x_salience": lambda: MODELS["compromise"].answer(union),
        "nash_product_linear_u_salience": lambda: MODELS["nash"].answer(
            with_even(union, capability=True)
        ),
        "nash_product_linear_u_gdp_salience": lambda: MODELS["nash"].answer(union),
    }[name]()


def test_every_published_baseline_comes_out(union: Case) -> None:
    """C5: all twelve rows, to 0.01."""
    rows = read_rows("eu-deu3/baselines_public.csv")
    assert len(rows) == 12
    for row in rows:
        found = errors(union, baseline(union, row["model"]))
        assert len(found) == int(row["n"]), row["model"]
        assert found.mean() == pytest.approx(float(row["mean_abs_error"]), abs=0.01), row["model"]
        assert np.median(found) == pytest.approx(float(row["median_abs_error"]), abs=0.01)
        assert (found <= 10.0).mean() == pytest.approx(float(row["share_within_10"]), abs=0.01)


def test_scores_on_decisions_of_the_european_union(union: Case) -> None:
    """C5: the compromise beats "always 50" and the median; spread as published."""
    answers = {rival.name: rival.answer(union) for rival in RIVALS}
    found = {one.model: one for one in score(union, answers)}
    rows = {row["model"]: row for row in read_rows("eu-deu3/baselines_public.csv")}
    for name, row in (("mean", "mean_equal"), ("middle", "always_50"), ("median", MEDIAN_ROW)):
        half = (found[name].error.high - found[name].error.low) / 2 / 1.96
        assert half == pytest.approx(float(rows[row]["boot_se_by_proposal"]), rel=0.1), name
    assert found["compromise"].over["middle"].high < 0.0
    assert found["median"].over["mean"].low > 0.0
    assert found["compromise"].error.estimate < found["expected_utility"].error.estimate
    assert score(union, answers) == score(union, answers), "the same seed, the same intervals"


def test_a_bootstrap_over_single_groups_is_that_of_the_mean() -> None:
    values = np.random.default_rng(3).normal(size=400)
    found = clustered_bootstrap(values, np.arange(400), 0)
    error = values.std() / 20.0
    assert found.estimate == pytest.approx(values.mean())
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.1)
    twins = clustered_bootstrap(np.repeat(values, 2), np.repeat(np.arange(400), 2), 0)
    assert (twins.high - twins.low) == pytest.approx(found.high - found.low, rel=0.1)
    alone = clustered_bootstrap(values, np.zeros(400, dtype=int), 0)
    assert np.isnan(alone.low)


def test_errors_are_points_of_the_scale(cars: Case) -> None:
    known = replace(cars, issues=(replace(cars.issues[0], known=8.2),))
    found = {one.model: one for one in bench(known).scores}
    assert found["median"].error.estimate == pytest.approx(100.0 * 1.2 / 6.0)
    assert found["middle"].over["mean"].estimate == pytest.approx(-100.0 * 0.3 / 6.0)
    assert found["compromise"].share_near == 0.0


def test_the_mean_of_models_is_what_the_procedure_chooses(union: Case) -> None:
    """On the public half, and on it without any one proposal."""
    answers = {rival.name: rival.answer(union) for rival in RIVALS}
    assert choose_averaged(union, answers) == AVERAGED
    without = choices_without(union, answers)
    assert len(without) == 68
    assert set(without) == {AVERAGED}
    sets, errors_of, groups = errors_of_sets(union, answers)
    assert (len(sets), errors_of.shape[1], len(groups)) == (120, 180, 180)
    by_hand = np.mean([answers[name] for name in AVERAGED], axis=0)
    np.testing.assert_allclose(MODELS["ensemble"].answer(union), by_hand)
    assert errors(union, by_hand).mean() == pytest.approx(errors_of[sets.index(AVERAGED)].mean())


def test_the_mean_of_models_beats_the_bars_out_of_sample(union: Case) -> None:
    """Chosen without a proposal and scored on it, proposal by proposal."""
    answers = {rival.name: rival.answer(union) for rival in RIVALS}
    sets, found, groups = errors_of_sets(union, answers)
    chosen = dict(zip(dict.fromkeys(groups), choices_without(union, answers), strict=True))
    out = [found[sets.index(chosen[group]), j] for j, group in enumerate(groups)]
    for bar in ("middle", "median", "mean", "compromise"):
        assert np.mean(out) < errors(union, answers[bar]).mean(), bar


def test_a_choice_needs_decided_issues(cars: Case) -> None:
    with pytest.raises(UsageError, match="No decided issue"):
        choose_averaged(cars, {rival.name: rival.answer(cars) for rival in RIVALS})


def test_the_status_quo_and_vetoes_are_models(cars: Case) -> None:
    """Ten years now; Germany (4) and Italy (10): no deal. Greece (7) alone keeps it above 4."""
    known = replace(cars, issues=(replace(cars.issues[0], reference=10.0),))
    row = bench(known).answers.loc["years"]
    assert row["reference"] == 10.0
    assert np.isnan(row["veto"])
    assert bench(known, veto=("germany", "italy")).answers.loc["years", "veto"] == 10.0
    held = bench(known, veto="germany").answers.loc["years", "veto"]
    assert held == row["compromise"] == pytest.approx(7.389956, abs=1e-6)
    low = replace(cars, issues=(replace(cars.issues[0], reference=6.8),))
    assert bench(low, veto="belgium").answers.loc["years", "veto"] == pytest.approx(7.2)
    with pytest.raises(UsageError, match="Did you mean germany"):
        bench(known, veto="germny")
    found = bench(cars, veto="germany")
    assert any("Veto has no answer on 1 of 1 issues" in note for note in found.notes)


def one_table(folder: Path, *, has_groups: bool) -> Path:
    """Write the public half as one table of 176 issues, in its own names of columns."""
    issues = {row["issue"]: row for row in read_rows("eu-deu3/issues_public.csv")[:176]}
    power = {row["actor"]: row["gdp_weight"] for row in read_rows("eu-deu3/actors.csv")}
    more = ("proposal", "reference_point", "outcome") if has_groups else ()
    lines = [",".join(("issue", "actor", "position", "salience", "gdp_weight", *more))]
    for row in read_rows("eu-deu3/positions_public.csv"):
        if (issue := issues.get(row["issue"])) is not None:
            cells = (row["issue"], row["actor"], row["position"], row["salience"])
            lines.append(",".join((*cells, power[row["actor"]], *(issue[key] for key in more))))
    path = folder / "union.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_one_table_with_groups_is_the_folder(union: Case, tmp_path: Path) -> None:
    found = bench(one_table(tmp_path, has_groups=True))
    names = tuple(issue.name for issue in union.issues[:176])
    want = bench(union.only(names))
    for name in MODELS:
        gap = np.abs(found.answers[name].to_numpy() - want.answers[name].to_numpy())
        # actors stand in another order, by which exchanges that tie are put in order
        assert np.nanmax(gap, initial=0.0) < (0.1 if name == "exchange" else 1e-9), name
        assert np.nansum(gap > 1e-9) <= 2, name
    assert found.scores[0].issues == want.scores[0].issues


def test_176_issues_of_one_group_end_in_seconds(tmp_path: Path) -> None:
    """B6: it took over ten minutes. Here well under ten seconds of processor time."""
    path = one_table(tmp_path, has_groups=False)
    began = time.process_time()
    found = bench(path)
    assert time.process_time() - began < 10.0
    assert found.answers["exchange"].notna().sum() == 176
    assert any("count as decided together" in note for note in found.notes)


def test_issues_that_are_named_limit_the_work(union: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the issue itself and its group are looked at, and its answer is what it was."""
    whole = bench(union).answers.loc["d00032i2"]
    seen: list[int] = []

    def watched(rival: models.Rival) -> models.Rival:
        def answer(case: Case) -> np.ndarray:
            seen.append(len(case.issues))
            return rival.answer(case)

        return replace(rival, answer=answer)

    monkeypatch.setattr("minsksim.analysis.rivals.bench.RIVALS", tuple(map(watched, RIVALS)))
    found = bench(union, "d00032i2").answers.loc["d00032i2"]
    pd.testing.assert_series_equal(found, whole)
    assert len(seen) == len(RIVALS)
    assert set(seen) == {1, 4}, "four issues were decided together"


def test_a_group_that_is_too_large_gets_a_sentence(
    union: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_MOST_WORK", 30**3 * 3**2)
    found = bench(union, ["d00032i1", "d00062i1"])
    assert np.isnan(found.answers.loc["d00032i1", "exchange"])
    assert np.isfinite(found.answers.loc["d00062i1", "exchange"])
    assert any("4 issues of group 'd00032' are too many to trade" in note for note in found.notes)


def test_the_owner_of_a_lever_has_a_veto_over_it() -> None:
    found = bench("split_the_pie")
    assert found.case.veto.sum(axis=0).tolist() == [1] * len(found.case.issues)
    assert found.answers["veto"].notna().all()
