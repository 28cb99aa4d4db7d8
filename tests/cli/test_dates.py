"""One convention of dates: whatever tells of a turn gives the day on which it began."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from minsksim import Model, Result, load_result, load_scenario, run_scenario, sweep
from minsksim.cli import main
from minsksim.plots.material import material
from minsksim.plots.summaries import by_turn
from minsksim.scenario.dates import calendar_dates

NAME = "red_line"
CALENDAR = load_scenario(NAME).document.calendar
BEGINS = [day.isoformat() for day in calendar_dates(CALENDAR)[:-1]]
"""By turn, from the first."""


def printed(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "100"}).invoke(main, [*words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> Result:
    folder = tmp_path_factory.mktemp("stored")
    path = sweep(NAME, runs=2, series=2, agreements=2, results=folder).path
    return load_result(path)


def by_number(rows: list[tuple[int, str]]) -> dict[int, str]:
    found = dict(rows)
    assert set(rows) == set(found.items()), "one turn has one date"
    return found


def test_a_run_dates_its_turns_alike_in_every_format() -> None:
    told = json.loads(printed("run", NAME, "--format", "json"))
    assert [(one["turn"], one["date"]) for one in told["turns"]] == list(enumerate(BEGINS, 1))
    rows = list(csv.DictReader(io.StringIO(printed("run", NAME, "--format", "csv"))))
    assert [row["date"] for row in rows] == [BEGINS[0], *BEGINS]
    assert [int(row["turn"]) for row in rows] == list(range(len(BEGINS) + 1))
    lines = printed("run", NAME, "--full").splitlines()
    heads = [f"{pd.Timestamp(day):%B %Y}" for day in BEGINS]
    assert [line.split(" ·")[0].split(" ─")[0] for line in lines if "··" in line or "──" in line][
        : len(heads)
    ] == heads


def test_a_row_says_what_its_turn_did() -> None:
    """The wave of arrests begins in month 3: CSV and JSON have it on the same day."""
    rows = list(csv.DictReader(io.StringIO(printed("run", NAME, "--format", "csv"))))
    levels = [float(row["levers.arrests"]) for row in rows]
    moved = [row["date"] for row, before in zip(rows[1:], levels, strict=False)
             if float(row["levers.arrests"]) != before]  # fmt: skip
    told = json.loads(printed("run", NAME, "--format", "json"))
    by_events = [
        turn["date"]
        for turn in told["turns"]
        if any(one["lever"] == "arrests" for event in turn["events"] for one in event["moves"])
    ]
    assert moved == by_events != []


def test_stored_tables_date_their_turns_as_a_run_does(stored: Result, tmp_path: Path) -> None:
    expected = dict(enumerate([BEGINS[0], *BEGINS]))
    for table in (stored.series, stored.agreements, stored.contributions):
        days = table["date"].dt.date.map(str)
        found = by_number(list(zip(table["turn"], days, strict=True)))
        assert found.items() <= expected.items()
        assert found
    stored.export(tmp_path / "out")
    signed = pd.read_csv(tmp_path / "out/agreements.csv")
    assert by_number(list(zip(signed["turn"], signed["date"], strict=True))).items() <= (
        expected.items()
    )
    label = {one["name"]: one["label"] for one in stored.manifest["columns"]["series"]}["date"]
    assert label == "Day on which the turn began; of turn 0 the first day"


def test_python_dates_its_turns_as_tables_do() -> None:
    run, model = run_scenario(NAME), Model(NAME)
    for begun in [BEGINS[0], *BEGINS]:
        assert model.date.isoformat() == begun
        model.step()
    assert {BEGINS[one.turn - 1] for one in run.meetings} == set(BEGINS)
    assert all(one.date.isoformat() == BEGINS[one.turn - 1] for one in run.meetings)


@pytest.mark.parametrize("is_stored", [True, False])
def test_figures_draw_what_a_turn_left_at_its_end(stored: Result, is_stored: bool) -> None:
    series = material(stored if is_stored else run_scenario(NAME)).series
    dates, _ = by_turn(series, ["levers.arrests"])
    ends = np.array(calendar_dates(CALENDAR), dtype="datetime64[D]")
    assert (dates.astype("datetime64[D]") == ends).all()
