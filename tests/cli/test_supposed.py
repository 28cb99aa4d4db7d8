"""--drop, --impose and --forbid on the command line, and comparing what is stored or one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsksim.cli import main

PAIR = Path(__file__).parents[1] / "data" / "pair"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder: a base, and one variant in each of the two places."""
    shutil.copytree(PAIR, tmp_path / "mine")
    inside = (tmp_path / "mine/variants/free_transit.yaml").read_text()
    beside = inside.replace("based_on: ../base.yaml", "based_on: base.yaml")
    assert beside != inside
    (tmp_path / "mine/beside.yaml").write_text(beside)
    (tmp_path / "mine/notes.yaml").write_text("just: notes\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine"


def test_run_tells_what_is_supposed() -> None:
    done = run("run", "minsk", "--impose", "potash_relief=1@2025-09", "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "potash_relief stands at 1 from 2025-09-01 on" in done.stderr
    rows = [line.split(",") for line in done.stdout.splitlines() if line[:1] not in "#"]
    place = rows[0].index("levers.potash_relief")
    assert {float(row[place]) for row in rows[10:]} == {1.0}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "minsk", "--drop", "captive"), 2, "Did you mean captives?"),
        (("sweep", "minsk", "--forbid", "potash_releif"), 2, "Did you mean potash_relief?"),
        (("compare", "minsk", "--impose", "potash_relief=2"), 3, "bounds are [0, 1]"),
        (("run", "minsk", "--impose", "arrests=1_0"), 2, "not understood"),
        (("run", "minsk", "--impose", "arrests=\u0661"), 2, "not understood"),
        (("run", "minsk", "--impose", "arrests=1@20250901"), 2, "not understood"),
        (("run", "minsk", "--impose", "arrests=1@2025-W36-1"), 2, "not understood"),
        (("compare", "minsk", "eu_lift"), 3, "Did you mean eu_lifts_transit?"),
        (("compare", "minsk"), 2, "--drop"),
    ],
)
def test_slips_are_answered(words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*words)
    assert (done.exit_code, said in done.stderr) == (code, True), done.output


def test_set_on_a_salience_says_what_normalising_does() -> None:
    words = ("run", "minsk", "--set", "actors.washington.salience.ottawa_leverage=0")
    assert "captives 0.28 -> 0.318" in run(*words).stderr


def test_one_command_compares_with_and_without(home: Path) -> None:
    words = ("compare", "mine/base.yaml", "--runs", "4", "--no-figures")
    done = run(*words, "--impose", "toll=0.5@2", "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["variants"] == ["mine with toll=0.5@2"]
    table = run(*words, "--impose", "toll=0.5@2").stdout
    assert "Imposed: toll stands at 0.5" in table


def test_own_variants_have_short_names(home: Path) -> None:
    words = ("compare", "mine/base.yaml", "--runs", "4", "--no-figures", "--format", "json")
    done = run(*words, "free_transit", "beside")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["variants"] == ["mine/free_transit", "beside"]
    every = json.loads(run(*words, "--all").stdout)
    assert every["variants"] == ["mine/free_transit", "beside"]
    assert "Did you mean free_transit?" in run(*words, "free_transits").stderr


def test_two_stored_results_are_compared_by_folder_or_id(home: Path) -> None:
    for words in ((), ("--forbid", "toll"), ("--seed", "3")):
        done = run("sweep", "mine/base.yaml", "--runs", "6", "--no-figures", *words)
        assert done.exit_code == 0, done.output
    folders = sorted(Path("results/mine").iterdir())
    by_seed = {json.loads((each / "manifest.json").read_text())["seed"]: each for each in folders}
    one, two = [each for each in folders if each != by_seed[3]]
    for names in ((str(one), str(two)), (one.name, two.name[:8])):
        done = run("compare", *names, "--no-figures")
        assert done.exit_code == 0, done.output
        assert "Paired by replication" in done.stdout
    drawn = run("compare", str(one), str(two), "--measure", "agreements")
    assert drawn.exit_code == 0, drawn.output
    refused = run("compare", str(one), str(by_seed[3]))
    assert refused.exit_code == 2
    assert "seeds differ" in refused.stderr
    assert "without --runs" in run("compare", one.name, two.name, "--runs", "5").stderr
    assert "compare results with results alone" in run("compare", one.name, "minsk").stderr


def test_where_says_that_it_selects(home: Path) -> None:
    words = ("sweep", "mine/base.yaml", "--runs", "20", "--no-figures", "--where", "agreements>0")
    said = " ".join(run(*words).stdout.split())
    assert "causes nothing" in said
    assert json.loads(run(*words, "--format", "json").stdout)["where_means"]
    plain = " ".join(run("sweep", "mine/base.yaml", "--runs", "20", "--no-figures").stdout.split())
    assert "it causes nothing" not in plain
