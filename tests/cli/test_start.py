"""What a command costs before it answers: what it imports, and what is compiled once."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from minsksim._compiled import loading
from minsksim.cli import main
from minsksim.engine.batch import load_kernel, run_block

LINE = "compiling the rules, once; this takes about half a minute and is kept for later runs"
NOT_NEEDED = {
    ("--help",): {"numpy", "numba", "pydantic", "rich", "ruamel"},
    ("check", "minsk"): {"numba", "numpy", "pandas", "rich", "ruamel"},
    ("show", "minsk"): {"numba", "pandas", "ruamel"},
    ("run", "minsk"): {"matplotlib", "mesa", "networkx", "numba", "pandas", "pyarrow", "ruamel"},
    ("run", "minsk", "--format", "csv"): {
        "llvmlite",
        "mesa",
        "networkx",
        "numba",
        "pandas",
        "rich",
    },
}
LOADED = """
import json, sys
from click.testing import CliRunner
from minsksim.cli import main
done = CliRunner().invoke(main, sys.argv[1:])
assert done.exit_code == 0, done.output
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
NEVER_STORED = """
import sys
from minsksim._compiled import loading
loading.is_stored = lambda function: False
from minsksim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("words", NOT_NEEDED, ids=" ".join)
def test_a_command_imports_only_what_it_needs(words):
    CliRunner().invoke(main, words)  # so that the scenario was read before
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True
    )
    assert not NOT_NEEDED[words] & set(json.loads(done.stdout))


SWEEP = ("sweep", "split_the_pie", "--runs", "10", "--no-figures", "--results")


def test_the_first_sweep_says_on_stderr_that_it_compiles(monkeypatch, tmp_path):
    load_kernel()
    warm = CliRunner().invoke(main, [*SWEEP, str(tmp_path / "warm")])
    monkeypatch.setattr("minsksim._compiled.loading.is_stored", lambda function: False)
    cold = CliRunner().invoke(main, [*SWEEP, str(tmp_path / "cold")])
    plain = CliRunner().invoke(main, [*SWEEP, str(tmp_path / "plain")], env={loading.VARIABLE: "0"})
    assert cold.stderr.splitlines()[0] == LINE
    assert LINE not in warm.stderr + plain.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_shows_for_how_long_it_has_been_compiling(tmp_path):
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", NEVER_STORED, *SWEEP, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # how Linux says that the other side is closed
            pass
        process.communicate()
    os.close(ours)
    assert process.returncode == 0
    assert LINE.encode() in shown
    assert b"0:00:0" in shown
    assert b"\x1b[2K" in shown  # and takes the line away again


def test_what_is_compiled_is_looked_for_where_numba_keeps_it(monkeypatch, tmp_path):
    load_kernel()
    assert loading.is_stored(run_block)
    monkeypatch.setattr(loading, "folder", lambda: tmp_path)
    assert not loading.is_stored(run_block)
    place = tmp_path / "tricks" / "engine_1"
    place.mkdir(parents=True)
    (place / "batch.run_block-1.py311.nbi").touch()
    assert not loading.is_stored(run_block)
    (place / "batch.run_block-1.py311.1.nbc").touch()
    assert loading.is_stored(run_block)


@pytest.mark.slow
def test_what_one_process_compiled_the_next_one_finds(tmp_path):
    def start(*words: str) -> tuple[str, set[str]]:
        done = subprocess.run(
            [sys.executable, "-c", "from minsksim.cli import main; main()", *words],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "MINSKSIM_CACHE": str(tmp_path / "cache")},
        )
        files = (tmp_path / "cache").rglob("*.nb?")
        return done.stderr, {str(file) for file in files}

    said, kept = start("run", "split_the_pie")
    assert (said, kept) == ("", set())  # a single run compiles nothing
    said, kept = start(*SWEEP, str(tmp_path / "one"))
    assert said.splitlines()[0] == LINE
    assert len(kept) == 2  # an index, and the kernel alone
    said, kept_then = start(*SWEEP, str(tmp_path / "two"))
    assert LINE not in said
    assert kept_then == kept
