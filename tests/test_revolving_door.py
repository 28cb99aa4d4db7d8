"""The revolving door: releases rise and the number held does not fall, over every range.

Each test draws 100 design points from the ranges of the numbers, each played 4 times, and compares
scenarios on the same points and the same draws.
"""

from functools import lru_cache

import numpy as np
import pytest

from minsksim import compile_scenario, load_scenario, simulate
from minsksim.scenario.checks.numbers import whole_numbers

POINTS, RUNS = 100, 4
BASE = "revolving_door"


@lru_cache(maxsize=8)
def swept(reference: str, arrests_answer: float | None = None) -> dict[str, np.ndarray]:
    """Return measures and quantities of 400 runs: mean over the runs of each point."""
    scenario = load_scenario(reference)
    compiled = compile_scenario(scenario)
    places = {name: i for i, name in enumerate(compiled.number_names)}
    points = np.repeat(compiled.numbers[None, :], POINTS, axis=0)
    base, whole = load_scenario(BASE).numbers, whole_numbers(scenario.document)
    for name, number in base.items():
        # one stream for each number, so that a variant meets the same draws
        draws = np.random.default_rng([7, *name.encode()]).uniform(size=POINTS)
        if name in places and number.range is not None and scenario.numbers[name] == number:
            drawn = number.range[0] + draws * (number.range[1] - number.range[0])
            points[:, places[name]] = np.rint(drawn) if name in whole else drawn
    if arrests_answer is not None:
        points[:, places["stocks.held.inflows.arrests.answers.by"]] = arrests_answer
    rows = np.repeat(np.arange(POINTS), RUNS)
    block = simulate(compiled, points, rows, np.tile(np.arange(RUNS), POINTS), 0, is_traced=True)
    assert block.series is not None
    found = dict(zip(compiled.measures, block.measures.T, strict=True))
    found |= {name: block.series[:, :, v].T for v, name in enumerate(compiled.quantities)}
    return {
        k: np.moveaxis(v, -1, 0).reshape(POINTS, RUNS, -1).mean(axis=1) for k, v in found.items()
    }


def released(reference: str) -> np.ndarray:
    """Return how many people were released by each turn, at home or into exile, by point."""
    runs = swept(reference)
    at_home = runs["levers.release_home"].cumsum(axis=1)
    return runs["stocks.freed_exile"] + at_home


def test_releases_rise_and_the_number_held_does_not_fall() -> None:
    total, held = released(BASE), swept(BASE)["stocks.held"]
    third = total.shape[1] // 3
    first, last = total[:, third], total[:, -1] - total[:, -1 - third]
    assert np.mean(last > first) > 0.95
    without = swept(f"{BASE}/no_relief")["stocks.held"][:, -1]
    # far more people come out than were held at the start, and in most draws as many are held
    assert np.mean(total[:, -1] > 2.0 * held[:, 0]) > 0.95
    assert np.mean(held[:, -1] > 0.9 * without) > 0.65
    assert held[:, -1].mean() > 1.1 * without.mean()


def test_at_the_file_s_own_numbers_more_are_held_in_the_end() -> None:
    compiled = compile_scenario(load_scenario(BASE))
    rows = np.zeros(200, dtype=np.int64)
    measures = simulate(compiled, compiled.numbers[None, :], rows, np.arange(200), 0).measures
    assert measures[:, compiled.measures.index("held_change")].min() > 50.0
    assert measures[:, compiled.measures.index("released_into_exile")].min() > 800.0


def test_most_are_released_into_exile() -> None:
    exile = swept(BASE)["stocks.freed_exile"][:, -1]
    assert np.all(exile > 0.6 * released(BASE)[:, -1])


def test_with_a_moratorium_fewer_releases_leave_nearly_nobody_held() -> None:
    moratorium = swept(f"{BASE}/moratorium")["stocks.held"]
    assert np.all(moratorium[:, -1] < 0.1 * moratorium[:, 0])
    assert np.all(released(f"{BASE}/moratorium")[:, -1] < 0.6 * released(BASE)[:, -1])


def test_release_at_home_alone_is_dearer_and_some_are_held_again() -> None:
    at_home = f"{BASE}/released_at_home"
    assert np.all(swept(at_home)["stocks.freed_exile"] == 0.0)
    assert np.all(released(at_home)[:, -1] < 0.8 * released(BASE)[:, -1])
    assert np.mean(swept(at_home)["held_again"] > swept(BASE)["held_again"]) > 0.75


@pytest.mark.parametrize(("less", "more"), [(0.0, 25.0), (25.0, 50.0)])
def test_the_more_arrests_answer_the_more_people_are_held(less: float, more: float) -> None:
    few, many = swept(BASE, less), swept(BASE, more)
    assert np.all(many["newly_held"] > few["newly_held"] + 100.0)
    assert np.all(many["held_final"] > few["held_final"])


def test_everybody_is_accounted_for() -> None:
    for reference in (BASE, f"{BASE}/moratorium", f"{BASE}/released_at_home"):
        runs = swept(reference)
        inside = runs["stocks.held"] - runs["stocks.arrested"]
        outside = ("stocks.freed_exile", "stocks.freed_home", "stocks.sentence_served")
        total = inside + sum(runs[name] for name in outside)
        assert np.allclose(total, total[:, :1])
