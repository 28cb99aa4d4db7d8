"""The command line of large sweeps: dry run, parts, processes, pruning, indices."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner, Result

import minsksim
from minsksim import load_result
from minsksim.cli import main
from minsksim.cli.sweep_options import Work, request_options, work_options
from minsksim.experiment import SweepRequest, Vary

PAIR = str(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")
TOLL = "levers.toll.initial"


def run(*words: str, folder: Path) -> Result:
    """Run the program in this process, in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, list(words))
    finally:
        os.chdir(before)


def found(folder: Path) -> list[Path]:
    """Return the results in a folder."""
    return sorted(one.parent for one in folder.glob("results/*/*/manifest.json"))


def test_a_dry_run_says_what_would_run_and_writes_nothing(tmp_path: Path) -> None:
    words = ("sweep", PAIR, "--vary", f"{TOLL}=100:200:3", "--runs", "30", "--dry-run")
    result = run(*words, folder=tmp_path)
    assert result.exit_code == 0, result.output
    for word in ("3 points of 30", "90", TOLL, "runs a second", "Disk", "Time"):
        assert word in result.output
    data = json.loads(run(*words, "--format", "json", folder=tmp_path).stdout)
    assert data["estimate"]["runs"] == 90
    assert data["estimate"]["seconds"] > 0
    assert data["varied"] == [{"name": TOLL, "low": 100.0, "high": 200.0, "count": 3}]
    assert not (tmp_path / "results").exists()
    real = run(*words[:-1], "--no-figures", folder=tmp_path)
    assert real.exit_code == 0
    (folder,) = found(tmp_path)
    assert folder.name == data["id"]
    shards = list((folder / "shards").iterdir())
    assert len(shards) == data["estimate"]["shards"]
    size = sum(one.stat().st_size for one in folder.rglob("*.parquet")) / 1e6
    assert 0.3 < data["estimate"]["megabytes"] / size < 3


def test_parts_done_apart_make_the_same_result(tmp_path: Path) -> None:
    words = ("sweep", PAIR, "--runs", "60", "--series", "8", "--no-figures")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert run(*words, folder=tmp_path / "one").exit_code == 0
    for part in ("1/2", "2/2"):
        result = run(*words, "--shard", part, folder=tmp_path / "two")
        assert result.exit_code == 0, result.output
        assert "without --shard gathers" in " ".join(result.output.split())
        (folder,) = found(tmp_path / "two")
        assert not (folder / "digest.json").exists()
    assert run(*words, folder=tmp_path / "two").exit_code == 0
    digests = {load_result(found(tmp_path / name)[0]).digest for name in ("one", "two")}
    assert len(digests) == 1


def test_rounds_end_with_a_verdict(tmp_path: Path) -> None:
    words = ("sweep", PAIR, "--runs", "40", "--until", "agreements=0.2", "--no-figures")
    result = run(*words, folder=tmp_path)
    assert result.exit_code == 0, result.output
    assert "Enough runs: agreements to ±0.2 at every point" in " ".join(result.output.split())


def test_indices_are_printed_and_exported(tmp_path: Path) -> None:
    vary = ("--vary", f"{TOLL}=100:300", "--vary", "actors.northland.patience")
    words = ("sweep", PAIR, *vary, "--design", "saltelli", "--points", "64", "--runs", "4")
    assert run(*words, "--no-figures", folder=tmp_path).exit_code == 0
    (folder,) = found(tmp_path)
    told = run("sensitivity", str(folder), "--measure", "utility_northland", folder=tmp_path)
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert lines[0].startswith("Of 2 numbers, "), "the verdict comes first"
    assert "'Toll on a lorry in transit: initial level' (measured)" in told.stdout
    assert "matters most is 'Patience of Northland' (assumed between" in told.stdout
    assert TOLL not in told.stdout
    assert len(lines) < 40
    assert list((tmp_path / "results" / "sensitivities").glob("*_utility_northland.png"))
    data = json.loads(run("sensitivity", str(folder), "--format", "json", folder=tmp_path).stdout)
    assert {row["index"] for row in data["indices"]} == {"first", "total"}
    assert {(row["name"], row["label"]) for row in data["indices"]} > {
        (TOLL, "Toll on a lorry in transit: initial level")
    }
    assert data["verdict"][0].startswith("Of 2 numbers, ")
    wrong = run("sensitivity", str(folder), "--measure", "toll_finel", folder=tmp_path)
    assert wrong.exit_code == 2
    assert "toll_final" in wrong.output
    for option in (
        ("--seed", "0"),
        ("--set", f"{TOLL}=1"),
        ("--drop", "events.strike"),
        ("--vary", TOLL),
        ("--threads", "1"),
    ):
        refused = run("sensitivity", str(folder), *option, folder=tmp_path)
        assert refused.exit_code == 2, option
        assert f"{option[0]} says what to run" in refused.output


def test_a_scenario_gets_its_sensitivity_in_one_command(tmp_path: Path) -> None:
    vary = ("--vary", f"{TOLL}=100:300", "--vary", "actors.northland.patience")
    words = ("sensitivity", PAIR, *vary, "--measure", "toll_final")
    told = run(*words, "--no-figures", folder=tmp_path)
    assert told.exit_code == 0, told.output
    assert "Of 2 numbers, " in told.stdout
    assert "result   results/pair/" in told.stdout
    (folder,) = found(tmp_path)
    again = run(*words, "--no-figures", "--format", "csv", folder=tmp_path)
    assert again.stdout.splitlines()[0].startswith("scenario,measure,name,label,source,index,")
    assert found(tmp_path) == [folder]
    unknown = run("sensitivity", "minks", folder=tmp_path)
    assert unknown.exit_code in (2, 3)
    assert "minsk" in unknown.output
    missing = run("sensitivity", "0123456789ab", folder=tmp_path)
    assert missing.exit_code == 2
    assert "result" in missing.output


def test_results_are_listed_verified_and_pruned(tmp_path: Path) -> None:
    for seed in ("0", "1"):
        words = ("sweep", PAIR, "--runs", "5", "--seed", seed, "--no-figures")
        assert run(*words, folder=tmp_path).exit_code == 0
    whole, other = found(tmp_path)
    (other / "digest.json").unlink()
    journal = other / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().splitlines(keepends=True)[0])
    listed = run("results", "list", "--format", "json", folder=tmp_path)
    states = {
        one["path"].split("/")[-1]: one["state"] for one in json.loads(listed.stdout)["results"]
    }
    assert states == {whole.name: "finished", other.name: "unfinished"}

    assert run("results", "prune", folder=tmp_path).exit_code == 2
    only_told = run("results", "prune", "--unfinished", folder=tmp_path)
    assert "--yes" in only_told.output
    assert len(found(tmp_path)) == 2
    old = run("results", "prune", "--older-than", "1", "--yes", folder=tmp_path)
    assert "no such results" in old.output
    gone = run("results", "prune", "--unfinished", "--yes", folder=tmp_path)
    assert gone.exit_code == 0, gone.output
    assert found(tmp_path) == [whole]

    fine = run("results", "verify", folder=tmp_path)
    assert fine.exit_code == 0
    shard = next((whole / "shards").iterdir())
    shard.write_bytes(shard.read_bytes()[:-1])
    bad = run("results", "verify", folder=tmp_path)
    assert bad.exit_code == 5
    assert shard.name in bad.output


def test_a_result_that_is_being_written_is_not_pruned(tmp_path: Path) -> None:
    from minsksim.experiment.storage.lock import Lock

    assert run("sweep", PAIR, "--runs", "5", "--no-figures", folder=tmp_path).exit_code == 0
    (folder,) = found(tmp_path)
    with Lock(folder / "lock"):
        result = run("results", "prune", str(folder), "--yes", folder=tmp_path)
    assert "is writing this result" in result.output
    assert "removed 0 results" in result.output
    assert found(tmp_path) == [folder]


@pytest.mark.parametrize(
    ("words", "request_", "threads"),
    [
        ((), SweepRequest(), None),
        (
            ("--vary", "a.x=1:2:3", "--where", "n>3", "--series", "all", "--seed", "5"),
            SweepRequest(vary=(Vary("a.x", 1, 2, 3),), where=("n>3",), series=None, seed=5),
            None,
        ),
        (("--agreements", "7", "--threads", "2"), SweepRequest(agreements=7), 2),
    ],
)
def test_options_make_the_value_that_python_makes(
    words: tuple[str, ...], request_: SweepRequest, threads: int | None
) -> None:
    got: list[object] = []

    @click.command()
    @request_options
    @work_options
    def command(request: SweepRequest, work: Work) -> None:
        got.extend((request, work))

    result = CliRunner().invoke(command, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert got == [request_, Work(threads, "threads", None, None, None, None, None, False)]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--scheduler", "tcp://127.0.0.1:1"), "--executor dask"),
        (("--executor", "dask", "--scheduler", "tcp://10.0.0.1:1"), "over TLS only"),
        (("--timeout", "3"), "--executor processes"),
        (("--shard", "4/3"), "--shard"),
        (("--until", "agreements"), "MEASURE=HALFWIDTH"),
        (("--most", "10"), "--until"),
        (("--series", "some"), "'all'"),
        (("--filter", "x>1"), "not varied"),
        (("--design", "list"), "--points-file"),
        (("--points-file", "missing.csv"), "missing.csv"),
        (("--design", "morris", "--filter", f"{TOLL}>1"), "needs all of its points"),
    ],
)
def test_wrong_use_gets_one_sentence_and_exit_2(
    tmp_path: Path, words: tuple[str, ...], hint: str
) -> None:
    result = run("sweep", PAIR, "--runs", "3", *words, folder=tmp_path)
    assert result.exit_code == 2, result.output
    assert hint in re.sub(r"\s+", " ", result.output)
    assert "Traceback" not in result.output
    assert not (tmp_path / "results").exists()


@pytest.mark.slow
def test_processes_do_the_real_engine_too(tmp_path: Path) -> None:
    words = ("sweep", PAIR, "--runs", "40", "--series", "4", "--no-figures", "--threads", "2")
    assert run(*words, folder=tmp_path).exit_code == 0
    digest = load_result(found(tmp_path)[0]).digest
    result = run(*words, "--executor", "processes", "--results", "other", folder=tmp_path)
    assert result.exit_code == 0, result.output
    assert digest in result.output


def test_runs_that_fail_over_the_ranges_alone_are_told(tmp_path: Path) -> None:
    """Two terms of up to 1.7e308 each have no finite sum at the ends of their ranges."""
    text = (Path(minsksim.load_scenario("split_the_pie").path)).read_text()
    huge = "effect: {value: 1, range: [0.5, 1.7e308], source: D1}}"
    for old, new in (
        ("initial: {value: 0, source: D2}", "initial: {value: 0, range: [0, 1], source: D1}"),
        ("persistence: momentary", "persistence: standing"),
        (
            "project: {of: levers.project, effect: {value: 1, source: D2}}",
            f"project: {{of: levers.project, {huge}\n      more: {{of: levers.project, {huge}",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "sources.bib").write_text((Path(PAIR).parent / "sources.bib").read_text())
    (tmp_path / "huge.yaml").write_text(text)
    words = ("sweep", "huge.yaml", "--runs", "20", "--no-figures")
    with np.errstate(over="ignore"):
        done = run(*words, folder=tmp_path)
        (folder,) = found(tmp_path)
        again = run("results", "show", str(folder), folder=tmp_path)
    result = load_result(folder)
    assert result.failed == 0
    assert result.ranges is not None
    assert result.ranges.failed > 0
    for one in (done, again):
        assert one.exit_code == 4, one.output
        assert f"{result.ranges.failed} of 80 runs failed" in one.stderr
        assert "ranges/failed.jsonl" in one.stderr
