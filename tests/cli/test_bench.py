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
    first = "On 180 decided issues the mean of models errs by 19.6 points of 100 (95 % interval"
    assert text.startswith(first)
    assert "Mean of models 19.6" in text
    assert "chosen on the 180 decided issues of the public half" in text
    assert "Status quo 55.2" in text


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("car_emission",), 3, "Did you mean car_emissions?"),
        (("no_such.csv",), 3, "no such file"),
        (("car_emissions", "--issue", "yers"), 2, "Did you mean years?"),
        (("car_emissions", "--levers", "a,b"), 2, "a table of positions, which takes no --levers"),
        (("car_emissions", "--reach", "scale"), 2, "takes no --reach"),
        (("car_emissions", "--disagreement", "zero"), 2, "takes no --disagreement"),
        (("car_emissions", "--veto", "germny"), 2, "Did you mean germany?"),
        (("car_emissions", "--salience-scale", "0"), 2, "Give a number above 0"),
        (("minsk", "--salience-scale", "1"), 2, "takes no --salience-scale"),
        (("no_such.json",), 3, "cannot be read"),
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


@pytest.mark.parametrize(
    "words",
    [("--issue", "a"), ("--veto", "a"), ("--set", "a=1"), ("--levers", "a,b"), ("--reach", "turn"),
     ("--salience-scale", "1")],
)  # fmt: skip
@pytest.mark.parametrize(
    "case",
    ["gmcr-conflicts/public_prisoners-dilemma.json", "anac-domains/public/laptop.domain.json"],
)
def test_no_option_is_passed_over(case: str, words: tuple[str, ...]) -> None:
    result = run(str(published(case)), *words)
    assert result.exit_code == 2, result.output
    assert f"takes no {words[0]}" in " ".join(result.output.split())
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_answer_comes_first() -> None:
    """One or two sentences, before title and tables."""
    starts = {
        "car_emissions": "Under their assumptions models end between 6.7 (Mean) and 7.39 "
        "(Compromise) on a scale from 4 to 10 years from now; the mean of models is 7.04. The "
        "least change that flips a model: the Median goes from 7 to 10 if the salience of "
        "Germany, 80, falls by 3.2.",
        "gmcr-conflicts/public_euphrates-syria-iraq.json": "State 6 (Escalate + Attack) holds "
        "under all four concepts of stability; state 1 (nothing done) under some. No deal, state 1 "
        "(nothing done), is stable only in the sense of General.",
        "anac-domains/public/lunch-rv.domain.json": "No deal: none of 3,840 outcomes gives every "
        "party what it has without one, 0.8 to each.",
        "anac-domains/public/laptop.domain.json": "Nash and Utilitarian choose HP, 60 Gb, 19'' LCD "
        "(1.000 for laptop_buyer_utility and 0.815 for laptop_seller_utility); Kalai-Smorodinsky "
        "and Max-min choose HP, 80 Gb, 19'' LCD (0.874 for laptop_buyer_utility and 0.874 for "
        "laptop_seller_utility). No deal is worth 0 to each; 27 of 27 outcomes leave nobody worse "
        "off.",
    }
    nice = str(published("anac-domains/public/nice-or-die.domain.json"))
    assert "Nash and Utilitarian choose 100_16" in run(nice).stdout
    assert ", or another that ties; Kalai" in " ".join(run(nice).stdout.split())
    for case, start in starts.items():
        name = str(published(case)) if "/" in case else case
        assert " ".join(run(name).stdout.split()).startswith(start), case
        document = json.loads(run(name, "--format", "json").stdout)
        assert " ".join(document["answer"]) == start


def test_a_veto_can_leave_no_deal(tmp_path: Path) -> None:
    path = tmp_path / "toll.csv"
    rows = "toll,north,5,50,50\ntoll,south,90,20,50\nferry,north,5,50,0\nferry,south,90,20,0\n"
    path.write_text(f"issue,actor,position,salience,reference\n{rows}", encoding="utf-8")
    result = run(str(path), "--veto", "north", "--veto", "south")
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "there is no deal on 1 of 2 issues: the status quo stays." in text
    assert "no deal" in run(str(path), "--veto", "north", "--veto", "south").stdout
    (one,) = json.loads(
        run(str(path), "--issue", "ferry", "--veto", "south", "--format", "json").stdout
    )["issues"]
    assert one["answers"]["veto"] == pytest.approx(one["answers"]["compromise"])
    assert one["veto"] == ["south"]


def test_a_salience_in_doubt_gets_one_sentence_and_its_scale_an_answer() -> None:
    """B5, with the public case itself."""
    path = str(published("decide-exchange-and-climate/copenhagen_positions.csv"))
    result = run(path)
    assert result.exit_code == 3
    assert "0.9 may be read on a scale from 0 to 1 or from 0 to 100" in result.output
    assert len(result.output.strip().splitlines()) == 1
    document = json.loads(run(path, "--salience-scale", "1", "--format", "json").stdout)
    assert document["issues"][0]["salience"]["USA"] == pytest.approx(90.0)


def test_graphs_and_domains_as_tables() -> None:
    """CSV: a row for each state, and for each outcome that a solution chooses."""
    path = str(published("gmcr-conflicts/public_elmira-groundwater.json"))
    rows = list(csv.DictReader(io.StringIO(run(path, "--format", "csv").stdout)))
    assert [row["state"] for row in rows if row["nash"] == "1"] == ["5", "8", "9"]
    path = str(published("anac-domains/public/nice-or-die.domain.json"))
    rows = list(csv.DictReader(io.StringIO(run(path, "--format", "csv").stdout)))
    nash = [row["issue.NiceOrDie"] for row in rows if row["solution"] == "nash"]
    assert sorted(nash) == ["100_16", "16_100"]
    path = str(published("anac-domains/public/lunch-rv.domain.json"))
    rows = list(csv.DictReader(io.StringIO(run(path, "--format", "csv").stdout)))
    assert {row["issue.main"] for row in rows} == {"no deal"}
    document = json.loads(run(path, "--format", "json").stdout)
    assert [one["is_deal"] for one in document["solutions"]] == [False] * 4


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
