"""A number that comes in by --vary or a file of points is checked like one of --set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minsksim.errors import ScenarioError
from minsksim.experiment import Vary, build_design

REFUSED = [
    ("levers.toll.initial", 1e308),
    ("levers.toll.initial", -1.0),
    ("actors.northland.patience", 1.5),
    ("stocks.queue.initial", -100.0),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_set_refuses_no_file_of_points_lets_in(pair, tmp_path: Path, name, value) -> None:
    file = tmp_path / "points.csv"
    good = pair.numbers[name].value
    file.write_text(f"{name}\n{good}\n{value}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=re.escape(f"{name}: {value:g} is not allowed")):
        build_design(None, (), [pair], points_file=file)


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_nor_do_bounds_of_vary(pair, name, value) -> None:
    good = pair.numbers[name].value
    for kind in ("grid", "lhs"):
        with pytest.raises(ScenarioError, match="not allowed"):
            build_design(kind, [Vary(name, min(good, value), max(good, value))], [pair])


def test_every_scenario_of_the_sweep_is_asked(pair, free) -> None:
    vary = [Vary("levers.toll.initial", 150.0, 250.0)]
    assert build_design("grid", vary, [pair, free]).points == 5
