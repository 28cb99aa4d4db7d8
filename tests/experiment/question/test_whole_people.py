"""People are whole, however their number comes in: refused where given, rounded where drawn."""

from __future__ import annotations

from pathlib import Path

import generators as make
import numpy as np
import pytest

from minsksim import (
    Model,
    ScenarioError,
    UsageError,
    compile_scenario,
    load_scenario,
    run_scenario,
    simulate,
)
from minsksim.experiment.question.design import Design, build_design
from minsksim.experiment.question.samplers import SAMPLERS
from minsksim.experiment.question.vary import Vary
from minsksim.scenario.checks.numbers import whole_numbers

NAME = "stocks.held_citizens.initial"
CASE = "groups_of_people"
TOLD = "this stock counts whole people, so it must be a whole number from "


def with_event(value: float, how: str, ends: tuple[float, float] | None = None) -> make.Plain:
    plain = load_scenario(CASE).document.model_dump(mode="json", by_alias=True, exclude_none=True)
    number = make.number(value) | ({} if ends is None else {"range": list(ends)})
    effect = {"of": "stocks.held_citizens", how: number}
    plain["events"] = {"e": {"label": "E", "source": "D1", "on": "2030-02-01", "effects": {}}}
    plain["events"]["e"]["effects"]["a"] = effect
    return plain


@pytest.mark.parametrize("value", [2.5, -1.0, 1e308, 1000000.5])
def test_a_fraction_of_a_person_is_refused_wherever_it_is_given(
    value: float, tmp_path: Path
) -> None:
    points = tmp_path / "points.csv"
    points.write_text(f"{NAME}\n3\n{value!r}\n")
    case = load_scenario(CASE)
    compiled = compile_scenario(case)
    point = compiled.point({NAME: value})[None]
    shown = f"{value:.15g} is not allowed; {TOLD}0 to 1e9"
    for given in (
        lambda: load_scenario(CASE, {NAME: value}),
        lambda: run_scenario(case, point={NAME: value}),
        lambda: Model(case, point={NAME: value}),
        lambda: build_design("list", (), [case], points_file=points),
        lambda: simulate(compiled, point, np.zeros(1, np.int64), np.zeros(1, np.int64), 0),
    ):
        with pytest.raises((ScenarioError, UsageError)) as caught:
            given()
        assert NAME in str(caught.value)
        assert shown in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("how", ["set", "shift"])
def test_an_event_moves_whole_people(how: str) -> None:
    low = "0" if how == "set" else "-1e9"
    with pytest.raises(ScenarioError, match=rf"a\.{how}: 2\.5 is not allowed; {TOLD}{low} to"):
        make.scenario(with_event(2.5, how))
    with pytest.raises(ScenarioError, match=rf"a\.{how}: 1\.5 is not allowed; {TOLD}{low} to"):
        make.scenario(with_event(2.0, how, (1.5, 3.0)))
    assert f"events.e.effects.a.{how}" in whole_numbers(make.scenario(with_event(2, how)).document)


def test_a_shift_may_take_people_away_and_a_red_line_may_lie_between_two_counts() -> None:
    plain = with_event(-2, "shift")
    answer = {"of": "meetings.longshore_stonefield", "to": "stocks.held_others"}
    plain["answers"] = {"a": answer | {"by": make.number(-0.5), "beyond": make.number(69.5)}}
    held = run_scenario(make.scenario(plain)).series["stocks.held_citizens"]
    assert (held % 1 == 0).all()


def whole_columns(design: Design) -> np.ndarray:
    return design.values[:, [axis.is_whole for axis in design.axes]]


@pytest.mark.parametrize("kind", SAMPLERS)
def test_what_is_drawn_is_rounded_within_its_range(kind: str) -> None:
    plain = with_event(2, "shift", (-1, 3))
    plain["stocks"]["held_citizens"]["initial"]["distribution"] = "triangular"
    case = make.scenario(plain)
    people = whole_columns(build_design(kind, (), [case], 16))
    assert people.shape[1] == 4
    assert (people % 1 == 0).all()
    assert (people.min(axis=0) >= [5, 10, 50, -1]).all()
    assert (people.max(axis=0) <= [20, 30, 90, 3]).all()
    free = build_design(kind, (), [case], 16).values[:, 0]
    assert (free % 1 != 0).any()


def test_runs_at_drawn_points_hold_whole_people_throughout() -> None:
    case = make.scenario(with_event(2, "shift", (-3, 3)))
    compiled, design = compile_scenario(case), build_design("lhs", (), [case], 8)
    places = [compiled.number_names.index(name) for name in design.names]
    points = np.tile(compiled.numbers, (design.points, 1))
    points[:, places] = design.values
    rows = np.arange(design.points)
    block = simulate(compiled, points, rows, rows, 0, is_traced=True)
    assert block.series is not None
    stocks = [n for n, name in enumerate(compiled.quantities) if name.startswith("stocks.")]
    assert (block.series[:, :, stocks] % 1 == 0).all()


def test_a_grid_takes_whole_people_each_once() -> None:
    case = load_scenario(CASE)
    for text, expected in ((f"{NAME}=0:10:4", [0, 3, 7, 10]), (f"{NAME}=9:11:9", [9, 10, 11])):
        values = build_design("grid", [Vary.parse(text)], [case]).values
        assert values[:, 0].tolist() == expected
    with pytest.raises(ScenarioError, match=f"0.5 is not allowed; {TOLD}"):
        build_design("grid", [Vary.parse(f"{NAME}=0.5:10:4")], [case])


def test_a_result_is_asked_again_with_the_same_whole_points() -> None:
    """The design in a manifest says which numbers were rounded, and older ones say nothing."""
    from minsksim.experiment.question.question import Question

    case = load_scenario(CASE)
    design = build_design("lhs", (), [case], 8)
    asked = Question((case,), design, 1, 0, (), 0, 0, (), 1).inputs["design"]["axes"]
    marked = {axis["name"] for axis in asked if axis.get("is_whole")}
    assert marked == whole_numbers(case.document) & set(design.names)
    assert all("is_whole" not in axis for axis in asked if axis["name"] not in marked)
