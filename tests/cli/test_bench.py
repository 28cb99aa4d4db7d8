"""``minsksim bench``: tables, CSV and JSON with the notice, and one sentence for wrong use."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from published import published

from minsksim import NOTICE
from minsksim.cli import main


def run(*words: str) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(main, ["bench", *words])


def test_car_emissions_as_a_table() -> None:
    result = run("car_emissions")
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    for words in ("7.39", "7 (50.4 %)", "Germany, salience 80 76.8 (−3.2) 7 10", NOTICE):
        assert words in text
    assert "UK, salience 90 93.2 (+3.2) 7 10" in text
    assert "France, salience 60 63.2 (+3.2) 7 10" in text


def test_car_emissions_as_data() -> None:
    document = json.loads(run("car_emissions", "--format", "json").stdout)
    assert document["notice"] == NOTICE
    assert document["issues"][0]["answers"]["compromise"] == pytest.approx(7.389956, abs=1e-6)
    assert document["edges"][0]["size"] == pytest.approx(3.125)
    assert document["issues"][0]["known"] is None
    lines = run("car_emissions", "--format", "csv").stdout.splitlines()
    rows = {row["model"]: row for row in csv.DictReader(io.StringIO("\n".join(lines)))}
    assert next(iter(rows.values()))["notice"] == NOTICE
    assert float(rows["median"]["answer"]) == 7.0
    assert float(rows["median"]["edge_size"]) == pytest.approx(3.125)
    assert rows["mean"]["edge_size"] == ""


def test_the_flagship_shows_states_that_hold() -> None:
    result = run("minsk", "--issue", "potash_relief", "--levers", "potash_relief,release_exile")
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    for words in (
        "nothing moves",
        "potash relief + release exile",
        "Sequential",
        "Knife edge",
        NOTICE,
    ):
        assert words in text
    other = run("minsk", "--issue", "potash_relief", "--set", "actors.minsk.salience.revenue=0.01")
    assert other.exit_code == 0
    assert other.stdout != result.stdout


def test_scores_where_the_end_is_known() -> None:
    result = run(str(published("eu-deu3")))
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "How far each model is from what was decided (180 issues)" in text
    assert "Middle 27.7" in text


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("car_emission",), 3, "Did you mean car_emissions?"),
        (("no_such.csv",), 3, "no such file"),
        (("car_emissions", "--issue", "yers"), 2, "Did you mean years?"),
        (("car_emissions", "--levers", "a,b"), 2, "have no levers"),
        (("car_emissions", "--set", "a=1"), 2, "Change the table"),
        (("minsk", "--levers", "embasy,potash_relief"), 2, "Did you mean embassy?"),
        (("minsk", "--reach", "far"), 2, "'turn', 'scale'"),
        ((), 2, "CASE"),
    ],
)
def test_wrong_use_gets_one_sentence_and_a_code(
    words: tuple[str, ...], code: int, hint: str
) -> None:
    result = run(*words)
    assert result.exit_code == code, result.output
    assert hint in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_a_faulty_table_is_named_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "toll.csv"
    path.write_text("actor,position,salience\nnorth,5,120\n", encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 3
    assert "toll.csv:2:3 salience: 120 lies outside 0 to 100." in " ".join(result.output.split())


def test_list_names_cases() -> None:
    text = CliRunner().invoke(main, ["list"]).stdout
    assert "car_emissions" in text
    document = json.loads(CliRunner().invoke(main, ["list", "--format", "json"]).stdout)
    assert [case["name"] for case in document["cases"]] == ["car_emissions"]
