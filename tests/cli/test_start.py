"""What a command costs before it answers: what it imports, and what is compiled once."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from minsksim._jit import is_cached
from minsksim.cli import main
from minsksim.engine.batch import run_block

LINE = "compiling the rules, once; this takes about a minute and is kept for later runs"
NOT_NEEDED = {
    ("--help",): {"numpy", "numba", "pydantic", "rich", "ruamel"},
    ("check", "minsk"): {"numba", "numpy", "pandas", "rich", "ruamel"},
    ("show", "minsk"): {"numba", "pandas", "ruamel"},
    ("run", "minsk"): {"matplotlib", "mesa", "networkx", "pandas", "pyarrow", "ruamel"},
    ("run", "minsk", "--format", "csv"): {"mesa", "networkx", "pandas", "rich"},
}
LOADED = """
import json, sys
from click.testing import CliRunner
from minsksim.cli import main
done = CliRunner().invoke(main, sys.argv[1:])
assert done.exit_code == 0, done.output
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
NEVER_CACHED = """
import sys, minsksim._jit
minsksim._jit.is_cached = lambda function: False
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


def test_the_first_use_says_on_stderr_that_it_compiles(monkeypatch):
    warm = CliRunner().invoke(main, ["run", "split_the_pie"])
    monkeypatch.setattr("minsksim._jit.is_cached", lambda function: False)
    cold = CliRunner().invoke(main, ["run", "split_the_pie"])
    assert cold.stderr.splitlines() == [LINE]
    assert warm.stderr == ""
    assert cold.stdout == warm.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_shows_for_how_long_it_has_been_compiling():
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", NEVER_CACHED, "run", "split_the_pie"],
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


def test_what_is_compiled_is_looked_for_where_numba_keeps_it(tmp_path):
    CliRunner().invoke(main, ["run", "split_the_pie"])
    assert is_cached(run_block)
    elsewhere = SimpleNamespace(
        __name__="run_block", stats=SimpleNamespace(cache_path=str(tmp_path))
    )
    assert not is_cached(elsewhere)
    (tmp_path / "batch.run_block-1.py311.nbi").touch()
    assert is_cached(elsewhere)


@pytest.mark.slow
def test_what_one_process_compiled_the_next_one_finds(tmp_path):
    def start(*words: str) -> tuple[str, set[str]]:
        done = subprocess.run(
            [sys.executable, "-c", "from minsksim.cli import main; main()", *words],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "MINSKSIM_CACHE": str(tmp_path)},
        )
        return done.stderr, {str(file) for file in tmp_path.rglob("*") if file.is_file()}

    said, kept = start("run", "split_the_pie")
    assert said.splitlines() == [LINE]
    assert any(name.endswith(".nbc") for name in kept)
    said, kept_then = start("run", "split_the_pie")
    assert said == ""
    assert kept_then == kept
    said, kept_then = start("sweep", "split_the_pie", "--dry-run")
    assert LINE not in said
    assert kept_then == kept
