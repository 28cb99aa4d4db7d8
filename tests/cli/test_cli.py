"""The command line: exit codes, JSON, the notice on every export, errors without a traceback."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsksim import NOTICE, __version__, load_result
from minsksim.cli import main

PAIR = str(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")


def run(*words: str, folder: Path | None = None) -> Result:
    """Run the program in this process."""
    runner = CliRunner()
    if folder is None:
        return runner.invoke(main, list(words))
    before = Path.cwd()
    os.chdir(folder)
    try:
        return runner.invoke(main, list(words))
    finally:
        os.chdir(before)


def program(*words: str, folder: Path) -> subprocess.Popen[str]:
    """Start the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from minsksim.cli import main; main()", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_help_is_light_and_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in ("list", "show", "check", "sources", "schema", "run", "sweep", "compare"):
        assert f"\n  {name} " in result.output
    code = (
        "import sys\nfrom minsksim.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'numba', 'pandas', 'matplotlib', 'mesa', 'pyarrow', 'scipy'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_help_fits_in_80_columns() -> None:
    """No description is cut, none takes two lines, and the exit codes keep theirs."""
    for group, words in ((main, ()), (main.commands["results"], ("results",))):
        text = run(*words, "--help").output
        assert "..." not in text.split("Commands:")[1]
        assert "\\b" not in text
        assert "\b" not in text
        for name, command in group.commands.items():
            said = next(line for line in text.splitlines() if line.startswith(f"  {name} "))
            assert said.endswith(command.get_short_help_str(100))
    assert "\n  4 finished with failed runs," in run("--help").output


def test_version() -> None:
    assert __version__ in run("--version").output


def test_list_show_schema_and_sources() -> None:
    assert "minsk" in run("list").output
    shown = run("show", "minsk").output
    for word in ("Washington", "Minsk", "Viasna"):
        assert word in shown
    schema = json.loads(run("schema").output)
    assert "actors" in json.dumps(schema["else"])
    table = run("sources", "minsk", "--format", "csv").output
    assert NOTICE in table
    for reading in ("1227", "1197", "2025-12-13"):
        assert reading in table, "every disputed reading is printed with its date"


def test_check_accepts_every_shipped_scenario() -> None:
    result = run("check", "--all")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("run", "minks"), 3, "minsk"),
        (("run", "minsk", "--set", "actors.minsk.patiense=0.9"), 3, "patience"),
        (("run", "minsk", "--set", "channels.washington_minsk.protocol=haggle"), 3, "nash"),
        (("run", "minsk", "--set", "nonsense"), 2, "NAME=VALUE"),
        (("sweep", PAIR, "--vary", "levers.tol.initial"), 2, "levers.toll.initial"),
        (("sweep", PAIR, "--runs", "0"), 2, "runs"),
        (("sweep", PAIR, "--where", "import os"), 2, "where"),
        (("swep", PAIR), 2, "sweep"),
        (("compare", "minsk", "no_such_variant"), 3, "no_such_variant"),
        (("replay", "no/such/folder"), 2, "no/such/folder"),
        (("plot", "no/such/folder"), 2, "no/such/folder"),
    ],
)
def test_wrong_use_gets_one_sentence_and_a_code(
    words: tuple[str, ...], code: int, hint: str, tmp_path: Path
) -> None:
    result = run(*words, folder=tmp_path)
    assert result.exit_code == code, result.output
    assert hint in result.output.replace("\n", " ")
    assert "Traceback" not in result.output


def test_a_bad_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    text = Path(PAIR).read_text(encoding="utf-8").replace("patience:", "patiense:", 1)
    (tmp_path / "base.yaml").write_text(text, encoding="utf-8")
    result = run("check", str(tmp_path / "base.yaml"))
    assert result.exit_code == 3
    assert "patiense" in result.output
    assert "patience" in result.output
    line = text[: text.index("patiense")].count("\n") + 1
    assert f"base.yaml:{line}" in result.output


def test_run_tells_the_same_story_as_data() -> None:
    story = run("run", "minsk", "--full")
    assert story.exit_code == 0
    label = "one set of draws, not a distribution"
    for word in (label, "agree", "Kept", "Outside", "Released into exile"):
        assert word in story.output
    data = json.loads(run("run", "minsk", "--format", "json").stdout)
    assert data["notice"] == NOTICE
    assert run("run", "minsk", "--full").stdout == story.stdout, (
        "the same seed tells the same story"
    )


def test_sweep_stores_summarises_and_is_found_again(tmp_path: Path) -> None:
    words = ("sweep", PAIR, "--runs", "50", "--series", "10", "--no-figures")
    first = run(*words, folder=tmp_path)
    assert first.exit_code == 0, first.output
    assert NOTICE in " ".join(first.output.split())
    (folder,) = (tmp_path / "results").glob("*/*")
    result = load_result(folder)
    assert len(result.runs) == 50
    assert result.digest in first.output
    again = run(*words, folder=tmp_path)
    assert again.exit_code == 0
    assert result.digest in again.output


def test_sweep_varies_what_it_is_told_to_vary(tmp_path: Path) -> None:
    result = run(
        "sweep", PAIR, "--vary", "levers.toll.step.down=0:60:3", "--runs", "20",
        "--format", "json", "--no-figures", folder=tmp_path,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["notice"] == NOTICE
    (folder,) = (tmp_path / "results").glob("*/*")
    runs = load_result(folder).runs
    assert sorted(runs["levers.toll.step.down"].unique()) == [0.0, 30.0, 60.0]
    assert runs.groupby("levers.toll.step.down")["toll_final"].mean().nunique() == 3


def test_compare_gives_intervals(tmp_path: Path) -> None:
    result = run(
        "compare", "minsk", "eu_lifts_transit", "--runs", "40", "--format", "csv",
        "--no-figures", folder=tmp_path,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    rows = [line for line in result.stdout.splitlines() if not line.startswith("#")]
    table = list(csv.DictReader(io.StringIO("\n".join(rows))))
    assert NOTICE in result.stdout
    told = [row for row in table if int(row["n"]) > 1]
    assert told
    assert all(float(row["low"]) <= float(row["difference"]) <= float(row["high"]) for row in told)


def test_replay_tells_a_stored_run_and_verifies_all(tmp_path: Path) -> None:
    run("sweep", PAIR, "--runs", "30", "--series", "5", "--no-figures", folder=tmp_path)
    (folder,) = (tmp_path / "results").glob("*/*")
    one = run("replay", str(folder), "--replication", "3", "--format", "json")
    assert one.exit_code == 0, one.output
    stored = load_result(folder).runs.set_index("replication").loc[3]
    told = json.loads(one.stdout)["measures"]
    values = told.values() if isinstance(told, dict) else told
    found = [value["value"] if isinstance(value, dict) else value for value in values]
    assert stored["toll_final"] in [pytest.approx(value) for value in found]
    assert run("replay", str(folder), "--all").exit_code == 0


def test_damage_is_noticed(tmp_path: Path) -> None:
    run("sweep", PAIR, "--runs", "30", "--series", "5", "--no-figures", folder=tmp_path)
    (folder,) = (tmp_path / "results").glob("*/*")
    target = folder / "runs.parquet"
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    result = run("results", "verify", str(folder))
    assert result.exit_code == 5
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_an_interrupted_sweep_says_how_to_go_on(tmp_path: Path) -> None:
    words = ("sweep", "minsk", "--runs", "2000000", "--no-figures")
    process = program(*words, folder=tmp_path)
    deadline = time.monotonic() + 240
    while not list(tmp_path.glob("results/*/*/journal.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.2)
        assert process.poll() is None, process.communicate()
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "same command" in " ".join(errors.split())
    assert "Traceback" not in errors


def test_compare_protocols_shows_the_spread_between_theories(tmp_path: Path) -> None:
    shown = run("compare", PAIR, "--protocols", "--runs", "20", "--plot", str(tmp_path))
    assert shown.exit_code == 0
    assert "The protocol moves" in shown.stdout
    assert "alternating offers" in shown.stdout
    assert list(tmp_path.glob("*.png"))
    asked = ("compare", PAIR, "--protocols", "--runs", "20", "--no-figures", "--format")
    found = json.loads(run(*asked, "json").stdout)
    assert {"spreads", "protocols", "notice"} <= set(found)
    assert NOTICE in run(*asked, "csv").stdout.splitlines()[1]
    for wrong in (("--channel", "x"), ("--protocols", "free_transit"), ("--protocols", "--all")):
        assert run("compare", PAIR, *wrong).exit_code == 2
