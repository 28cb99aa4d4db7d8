"""What a person sees: width, words, order; and the ways out that need another process."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from minsksim import load_scenario, run_scenario
from minsksim.analysis.story import tell
from minsksim.cli import main
from minsksim.cli.render.comparison_text import by_effect
from minsksim.experiment.storage.lock import Lock


def lines(words: list[str], width: int) -> list[str]:
    """Return what a command prints on stdout in a terminal of some width."""
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, words)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("command", ["list", "show", "sources", "run", "run --full"])
def test_no_line_is_wider_than_the_terminal(command, width):
    words = ["list"] if command == "list" else [*command.split(), "minsk"]
    assert max(map(len, lines(words, width))) <= width


def test_a_sweep_at_80_columns_keeps_every_number_on_its_row(pair, tmp_path):
    words = ["sweep", str(pair), "--runs", "30", "--no-figures", "--results", str(tmp_path)]
    shown = lines(words, 80)
    assert max(map(len, shown)) <= 80
    assert "share of model runs under these assumptions" in " ".join(map(str.strip, shown))
    (row,) = [line for line in shown if line.startswith("Agreements made")]
    assert " to " in row


def test_the_public_sees_nothing_of_an_agreement_in_a_secret_channel():
    for replication in range(20):
        run = run_scenario(load_scenario("minsk"), replication=replication)
        if any(not one.public for one in run.agreements):
            break
    words = ["run", "minsk", "--full", "--replication", str(replication)]
    text = " ".join(" ".join(lines(words, 100)).split())
    assert "in a secret channel" in text
    assert "nothing of the agreement (secret channel)" in text


def test_the_terms_of_a_story_add_up_to_each_utility():
    for account in tell(run_scenario(load_scenario("minsk"))).utilities:
        points = [sum(column) for column in zip(*account.terms.values(), strict=True)]
        assert points == pytest.approx([account.start, account.end, account.mean])


def test_people_are_counted_by_status_in_every_turn():
    story = tell(run_scenario(load_scenario("minsk")))
    for turn in story.turns:
        labels = {count.label for count in turn.people}
        assert {"Released into exile", "Released at home"} <= labels
        assert all(count.now == round(count.now) for count in turn.people)


def test_json_of_a_run_is_strict_json(pair):
    done = CliRunner().invoke(main, ["run", str(pair), "--format", "json"])

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    data = json.loads(done.stdout, parse_constant=refuse)
    assert data["label"] == "one set of draws, not a distribution"
    keys = {"turn", "date", "events", "agreements", "threats", "others", "people"}
    keys |= {"no_agreement", "dated"}
    assert keys == set(data["turns"][0])


def test_the_largest_effect_comes_first():
    table = pd.DataFrame(
        {
            "variant": "v",
            "measure": ["small", "same", "large", "always", "never"],
            "difference": [5.0, 0.0, -1.0, 2.0, np.nan],
            "effect": [0.1, 0.0, -1.5, np.inf, np.nan],
        }
    )
    assert list(by_effect(table)["measure"]) == ["always", "large", "small", "same", "never"]


def test_a_result_that_another_process_writes_is_busy(pair, tmp_path):
    words = ["sweep", str(pair), "--runs", "20", "--no-figures", "--results", str(tmp_path)]
    assert CliRunner().invoke(main, words).exit_code == 0
    (folder,) = tmp_path.glob("*/*")
    lock = Lock(folder / "lock")
    try:
        done = CliRunner().invoke(main, words)
    finally:
        lock.release()
    assert done.exit_code == 6
    assert "is writing this result" in done.output


def test_a_folder_that_cannot_be_made_is_a_fault_of_the_disk(pair, tmp_path):
    (tmp_path / "file").write_text("")
    words = ["sweep", str(pair), "--runs", "20", "--results", str(tmp_path / "file/below")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 7
    assert "file" in done.output
    assert "Traceback" not in done.output


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM that a program can answer")
def test_a_terminated_sweep_ends_with_143(pair, tmp_path):
    code = "from minsksim.cli import main; main()"
    words = ["sweep", str(pair), "--runs", "100000000", "--no-figures"]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 200
    while not list(Path(tmp_path).glob("results/*/*/journal.jsonl")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 143, errors
    assert "resumes" in errors
