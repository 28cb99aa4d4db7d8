"""However a number comes in, it is checked like one of --set, alone and with the others."""

from __future__ import annotations

import math
import re
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minsksim import Model, compile_scenario, load_scenario, run_scenario, simulate
from minsksim.errors import MinsksimError, ScenarioError, UsageError
from minsksim.experiment import Vary, build_design
from minsksim.experiment.question.request import SweepRequest
from minsksim.lessons.world import _runs
from minsksim.scenario.checks.relations import all_relations
from minsksim.scenario.given import check_points

REFUSED = [
    ("levers.toll.initial", 1e308),
    ("levers.toll.initial", -1.0),
    ("actors.northland.patience", 1.5),
    ("actors.northland.patience", 1.0),
    ("stocks.queue.initial", -100.0),
]
SANCTION = "sanction_episode"


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_set_refuses_no_file_of_points_lets_in(pair, tmp_path: Path, name, value) -> None:
    file = tmp_path / "points.csv"
    good = pair.numbers[name].value
    file.write_text(f"# first\n{name}\n{good}\n\n{value}\n", encoding="utf-8")
    place = re.escape(f"{file}:5 {name}: {value:g} is not allowed; ")
    with pytest.raises(ScenarioError, match=place):
        build_design(None, (), [pair], points_file=file)


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_nor_do_bounds_of_vary(pair, name, value) -> None:
    good = pair.numbers[name].value
    for kind in ("grid", "lhs"):
        with pytest.raises(ScenarioError, match=r"--vary .* is not allowed"):
            build_design(kind, [Vary(name, min(good, value), max(good, value))], [pair])


@pytest.mark.parametrize(("name", "value"), [*REFUSED, ("actors.northland.patience", math.nan)])
def test_nor_does_a_point_in_python(pair, name, value) -> None:
    for run in (run_scenario, Model):
        with pytest.raises(ScenarioError, match=f"point {name}: .* not (allowed|a finite)"):
            run(pair, point={name: value})
    compiled, row = compile_scenario(pair), np.zeros(1, np.int64)
    with pytest.raises(UsageError, match=f"point 0 {name}: .* is not allowed"):
        simulate(compiled, compiled.point({name: value})[None, :], row, row, 0)


def test_nor_does_a_lab() -> None:
    with pytest.raises(ScenarioError, match=r"settings actors\..*: 2 is not allowed"):
        _runs("split_the_pie", "fictional", (("actors.ana.patience", 2.0),), 3, 0)


@pytest.mark.parametrize("value", ["0.5", True, None, [0.5], 1j])
def test_a_point_holds_numbers(pair, value) -> None:
    with pytest.raises(UsageError, match="is not a number"):
        run_scenario(pair, point={"actors.northland.patience": value})


@pytest.mark.parametrize("point", ["a=1", [("actors.northland.patience", 0.5)], {1: 0.5}])
def test_a_point_is_a_mapping_of_names(pair, point) -> None:
    with pytest.raises(UsageError, match=r"no mapping|is not a number of scenario"):
        run_scenario(pair, point=point)


def test_a_number_of_a_point_has_a_size(pair) -> None:
    with pytest.raises(ScenarioError, match="too large for a number"):
        run_scenario(pair, point={"actors.northland.patience": 10**400})


def test_a_point_names_numbers(pair) -> None:
    with pytest.raises(UsageError, match=r"Did you mean actors\.northland\.patience"):
        run_scenario(pair, point={"actors.northland.patence": 0.5})


def settings_refuse(name: str, point: dict[str, float]) -> bool:
    try:
        load_scenario(name, point)
    except MinsksimError:
        return True
    return False


def test_numbers_right_alone_and_wrong_together(pair, tmp_path) -> None:
    """Each of the two zeros is right by itself: only both leave trust without evidence."""
    ledger = "channels.border_commission.trust.northland"
    kept, broken = f"{ledger}.kept", f"{ledger}.broken"
    sentence, file = "kept and broken must add up", tmp_path / "points.csv"
    file.write_text(f"{kept},{broken}\n0,1\n1,0\n", encoding="utf-8")
    assert build_design(None, (), [pair], points_file=file).points == 2
    assert run_scenario(pair, point={kept: 0.0}).measures
    file.write_text(f"{kept},{broken}\n0,1\n0,0\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=rf"points\.csv:3 .*{sentence}.*{kept} = 0"):
        build_design(None, (), [pair], points_file=file)
    for run in (run_scenario, Model):
        with pytest.raises(ScenarioError, match=f"point .*{sentence}"):
            run(pair, point={kept: 0.0, broken: 0.0})
    vary = [Vary(name, 0.0, 1.0, 2) for name in (kept, broken)]
    with pytest.raises(ScenarioError, match=f"Design point 0, .*{sentence}"):
        build_design("grid", vary, [pair])
    assert build_design("grid", vary, [pair], filters=[f"{kept}>0.5"]).points == 2


@pytest.mark.parametrize("name", ["minsk", "minsk/washington_may_threaten", SANCTION])
def test_own_ranges_of_what_is_shipped_go_together(name) -> None:
    scenario = load_scenario(name)
    assert all_relations(scenario.document)
    for kind in ("lhs", "sobol"):
        assert build_design(kind, (), [scenario], points=64).points == 64


def test_each_relation_is_the_same_for_many_points_as_for_a_file() -> None:
    """At values that break it, and at those that do not."""
    scenario = load_scenario("minsk/washington_may_threaten")
    (threat,) = scenario.document.threats
    to = f"threats.{threat}.sanction.to"
    lever = scenario.document.threats[threat].sanction.lever
    start, bounds = f"levers.{lever}.initial", scenario.document.levers[lever].bounds
    up = f"levers.{lever}.step.up"
    rows = [
        {to: scenario.numbers[start].value},
        {to: bounds[1], start: bounds[0], up: (bounds[1] - bounds[0]) / 4},
        {to: bounds[1], start: bounds[0], up: bounds[1] - bounds[0]},
    ]
    assert [settings_refuse(scenario.name, row) for row in rows] == [True, True, False]
    sentences = ("in place from the start", "imposed in one turn", "")
    for row, sentence in zip(rows, sentences, strict=True):
        values = np.array([list(row.values())] * 2)
        if not sentence:
            check_points(scenario, list(row), values, str)
            continue
        with pytest.raises(ScenarioError, match=sentence):
            check_points(scenario, list(row), values, str)


def test_a_million_points_of_many_columns_are_checked_in_a_moment() -> None:
    scenario = load_scenario("minsk")
    names = [name for name, number in scenario.numbers.items() if number.range]
    values = np.array([scenario.numbers[name].value for name in names])
    many = np.repeat(values[None, :], 20_000, axis=0)
    begun = time.process_time()
    check_points(scenario, names, many, str)
    assert time.process_time() - begun < 2.0


def test_every_scenario_of_the_sweep_is_asked(pair, free) -> None:
    vary = [Vary("levers.toll.initial", 150.0, 250.0)]
    assert build_design("grid", vary, [pair, free]).points == 5


@pytest.mark.parametrize("seed", [-1, 2**63, 0.5, "1", None])
def test_a_seed_is_one_and_the_same_everywhere(pair, seed) -> None:
    for ask in (
        lambda: SweepRequest(seed=seed).question([pair]),
        lambda: run_scenario(pair, seed=seed),
    ):
        with pytest.raises(UsageError, match=r"seed .* whole number from 0 to 2"):
            ask()
    assert SweepRequest(seed=np.int64(3)).question([pair]).seed == 3


def test_runs_name_points_that_are_there(pair) -> None:
    compiled, rows = compile_scenario(pair), np.zeros(2, np.int64)
    point = compiled.numbers[None, :]
    for points, of_run, replications in (
        (point, rows + 1, rows),
        (point, rows - 1, rows),
        (point, rows, rows - 1),
        (point, rows[:1], rows),
        (point[:, 1:], rows, rows),
        (point[0], rows, rows),
    ):
        with pytest.raises(UsageError):
            simulate(compiled, points, of_run, replications, 0)


def test_a_scenario_changed_by_hand_is_refused(pair) -> None:
    number = pair.document.actors["northland"].patience.model_copy(update={"value": 2.0})
    actor = pair.document.actors["northland"].model_copy(update={"patience": number})
    actors = dict(pair.document.actors) | {"northland": actor}
    document = pair.document.model_copy(update={"actors": actors})
    with pytest.raises(UsageError, match="load_scenario"):
        replace(pair, document=document)
