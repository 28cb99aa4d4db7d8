"""Small things that users meet first: names that nearly fit, what a scenario holds, short views."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsksim import Model, bench, compare, lab, sweep
from minsksim.cli import main


def run(*words: str) -> Result:
    """Run the program in this process, 100 columns wide."""
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, list(words))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("potash_relief", "levers.potash_relief.initial"),
        ("potash_releif", "levers.potash_relief.initial"),
        ("levers.potash_relief", "levers.potash_relief.initial"),
        ("minsk.patience", "actors.minsk.patience"),
        ("held", "stocks.held.initial"),
    ],
)
@pytest.mark.parametrize("option", ["--set", "--vary"])
def test_a_short_name_leads_to_the_number(option: str, typed: str, meant: str) -> None:
    value = f"{typed}=0.9" if option == "--set" else f"{typed}=0.8:0.9:2"
    done = run("sweep", "minsk", "--runs", "1", option, value)
    assert done.exit_code in (2, 3)
    assert f"Did you mean {meant}?" in done.output


def test_a_name_that_is_like_none_leads_to_the_list() -> None:
    done = run("run", "minsk", "--set", "zzz=1")
    assert done.exit_code == 3
    assert "no number has this name. 'minsksim show SCENARIO --numbers' lists them." in done.output


def test_a_part_of_a_variants_name_leads_to_it() -> None:
    done = run("compare", "minsk", "eu_lift", "--runs", "2")
    assert "Did you mean eu_lifts_transit?" in done.output


def test_show_says_who_cares_for_what() -> None:
    lines = run("show", "minsk").output.splitlines()
    (line,) = [one for one in lines if one.startswith("sanctions_line")]
    assert "brussels 0.6, vilnius 0.4, opposition" in line


def test_a_dry_run_answers_first_and_lists_ten_numbers(tmp_path: Path) -> None:
    words = ("sweep", "minsk", "--design", "lhs", "--points", "4", "--runs", "1", "--dry-run")
    lines = run(*words, "--results", str(tmp_path)).stdout.splitlines()
    assert len(lines) < 35
    assert lines[0].startswith("Would run")
    assert any("4 points of 1" in line for line in lines[:8])
    assert any(line.startswith("and 401 more; --format csv") for line in lines)


def test_values_show_themselves_in_a_line(tmp_path: Path) -> None:
    result = sweep("split_the_pie", runs=2, results=tmp_path)
    assert repr(result) == f"<Result {result.id} of split_the_pie in {result.path.as_posix()}>"
    model = Model("split_the_pie")
    assert repr(model.actors_by_name["ana"]) == "<Actor ana of split_the_pie: turn 0>"
    found = compare("revolving_door", "no_relief", runs=2)
    assert repr(found) == (
        "<Comparison of revolving_door with revolving_door/no_relief: 2 paired runs>"
    )
    assert repr(bench("car_emissions")).startswith("<Bench of car_emissions: 1 issues, ")
    assert repr(lab("restraint")) == "<Session of lab 9: 0 questions solved>"


def test_a_sweep_in_which_nobody_meets_says_so_and_has_figures(tmp_path: Path) -> None:
    words = ("sweep", "split_the_pie", "--runs", "20", "--set", "channels.table.quality=0")
    done = run(*words, "--base-only", "--results", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert "nobody ever meets, since the quality of every channel is 0" in done.output
    assert list(tmp_path.glob("split_the_pie/*/figures/agreements.png"))
