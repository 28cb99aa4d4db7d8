"""Every oracle holds, and a broken one is a miss: in Python and on the command line."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsksim import NOTICE, Oracle, UsageError, all_oracles, examine, find_oracles
from minsksim.cli import main
from minsksim.scenario.provenance import read_bibliography
from minsksim.verify import catalog

ORACLES = all_oracles()
ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(main, ["verify", *words])


def _raise() -> float:
    raise ZeroDivisionError("the weights add up to nothing")


TRUE = Oracle("toy.true", "Toy", "nash1950", 1.0, lambda: 1.0)
WRONG = Oracle("toy.wrong", "Toy", "nash1950", 1.0, lambda: 1.1)
BROKEN = Oracle("toy.broken", "Toy", "nash1950", 1.0, _raise)
NOTHING = Oracle("toy.nothing", "Toy", "nash1950", 1.0, lambda: math.nan)


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put four toys in the place of the catalogue."""
    monkeypatch.setattr(catalog, "all_oracles", lambda: (TRUE, WRONG, BROKEN, NOTHING))


@pytest.mark.parametrize("oracle", ORACLES, ids=[oracle.name for oracle in ORACLES])
def test_oracle_holds(oracle: Oracle) -> None:
    assert float(oracle.compute()) == pytest.approx(oracle.expected, abs=oracle.tolerance)


def test_names_are_unique_and_dotted() -> None:
    names = Counter(oracle.name for oracle in ORACLES)
    assert not [name for name, count in names.items() if count > 1]
    assert all(oracle.case for oracle in ORACLES)


def test_a_family_is_one_model() -> None:
    families = {(oracle.name.partition(".")[0], oracle.model) for oracle in ORACLES}
    assert len(families) == len({family for family, _ in families})


def test_sources_are_in_the_bibliography() -> None:
    known = read_bibliography(ROOT / "scenarios/sources.bib").keys()
    assert {oracle.source for oracle in ORACLES} <= known


def test_no_tolerance_hides_a_miss() -> None:
    for oracle in ORACLES:
        assert 0.0 < oracle.tolerance <= 0.01 * max(1.0, abs(oracle.expected)), oracle.name
        assert math.isfinite(oracle.expected)


def test_every_topic_of_the_package_is_in_the_catalogue() -> None:
    files = {file.stem for file in (ROOT / "src/minsksim/verify").glob("*.py")}
    topics = {topic.__name__.rpartition(".")[2] for topic in catalog.TOPICS}
    assert topics == {stem for stem in files if not stem.startswith("_")} - {"catalog", "oracle"}


def test_a_wrong_number_and_a_raising_one_are_misses() -> None:
    true, wrong, broken, nothing = examine((TRUE, WRONG, BROKEN, NOTHING))
    assert true.passed
    assert (wrong.passed, wrong.got, wrong.reason) == (False, 1.1, "")
    assert not broken.passed
    assert math.isnan(broken.got)
    assert broken.reason == "ZeroDivisionError: the weights add up to nothing"
    assert not nothing.passed


def test_a_number_passes_up_to_its_tolerance_only() -> None:
    for error, passed in ((0.009, True), (0.011, False), (-0.009, True), (-0.011, False)):
        oracle = Oracle("toy.near", "Toy", "nash1950", 1.0, lambda e=error: 1.0 + e, 0.01)
        assert examine([oracle])[0].passed is passed


def test_oracles_are_found_by_name_model_and_source() -> None:
    assert {oracle.source for oracle in find_oracles("NASH1950")} == {"nash1950"}
    assert {oracle.model for oracle in find_oracles("nash bargaining")} == {
        "Nash bargaining solution"
    }
    assert all(oracle.name.startswith("egalitarian.") for oracle in find_oracles("egalitarian.*"))
    with pytest.raises(UsageError, match="Did you mean nash"):
        find_oracles("nahs")
    with pytest.raises(UsageError, match="There are "):
        find_oracles("zzz")


def test_command_prints_every_number() -> None:
    result = run("--format", "csv")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert rows[0]["notice"] == NOTICE
    assert [row["name"] for row in rows] == [oracle.name for oracle in ORACLES]
    assert {row["verdict"] for row in rows} == {"holds"}
    assert f"{len(ORACLES)} of {len(ORACLES)} numbers" in result.stderr


def test_command_takes_a_pattern_and_prints_json_and_tables() -> None:
    document = json.loads(run("egalitarian", "--format", "json").stdout)
    assert document["missed"] == 0
    assert document["held"] == len(document["oracles"]) == len(find_oracles("egalitarian"))
    row = document["oracles"][0]
    assert row["got"] == pytest.approx(row["expected"], abs=row["tolerance"])
    table = run("egalitarian").stdout
    for word in ("Egalitarian solution", "kalai1977", "holds", NOTICE[:20]):
        assert word in table


def test_command_ends_with_one_on_a_miss(toys: None) -> None:
    result = run()
    assert result.exit_code == 1
    assert "1 of 4 numbers" in result.stderr
    assert "3 missed." in result.stderr
    assert "toy.wrong: expected 1, got 1.1" in result.stderr
    assert "toy.broken: expected 1, ZeroDivisionError: the weights add up to nothing" in (
        result.stderr
    )
    assert "Traceback" not in result.output
    document = json.loads(run("--format", "json").stdout)
    verdicts = [row["verdict"] for row in document["oracles"]]
    assert verdicts == ["holds", "missed", "missed", "missed"]
    assert document["oracles"][2]["got"] is None
    assert run("toy.true").exit_code == 0


def test_command_that_finds_nothing_is_wrong_use() -> None:
    result = run("zzz")
    assert result.exit_code == 2
    assert "No oracle fits 'zzz'" in result.stderr
