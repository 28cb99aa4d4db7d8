"""A signal ends a command with 143 or 130 and one sentence, whatever becomes of its exception."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsksim.cli import _Program
from minsksim.cli.stopping import MESSAGE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
NUMBERS = (signal.SIGTERM, signal.SIGINT)
DEAF = """
import hashlib
from minsksim.cli import _Program
from minsksim.cli.stopping import cut_off_by_signals
program = _Program("program")
@program.command()
def compiles():
    print("in C", flush=True)
    with cut_off_by_signals():
        hashlib.pbkdf2_hmac("sha256", b"", b"", 1 << 30)
program()
"""


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Heed Ctrl-C even in the background, and find the handlers as they were."""
    ours = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in ours.items()}
    yield
    for number, handler in ours.items():
        assert signal.getsignal(number) is handler
        signal.signal(number, before[number])


def lost_in_c(number: int) -> None:
    """Receive a signal in a callback that a C library makes, as LLVM does for numba."""
    ctypes.CFUNCTYPE(None)(lambda: os.kill(os.getpid(), number))()


def lost_in_a_library(number: int) -> None:
    """Receive a signal in code that catches everything."""
    try:
        os.kill(os.getpid(), number)
        time.sleep(5)
    except BaseException:
        pass


def goes_wrong() -> None:
    raise RuntimeError("no compiled object yet for <Library 'search'>")


def cannot_import() -> None:
    raise ImportError("cannot import name 'njit' from partially initialized module 'numba'")


def ends() -> None:
    """Return as if nothing had been."""


def leaves() -> None:
    raise SystemExit(0)


def goes_on() -> None:
    """Do what takes long."""
    time.sleep(30)


def stopped(lose: Callable[[int], None], then: Callable[[], None], number: int) -> Result:
    """Run a command that loses the exception of a signal."""
    program = _Program("program")

    @program.command()
    def command() -> None:
        lose(number)
        then()

    return CliRunner().invoke(program, ["command"])


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("then", [goes_wrong, cannot_import, ends, leaves, goes_on])
@pytest.mark.parametrize("lose", [lost_in_c, lost_in_a_library])
def test_a_signal_whose_exception_is_lost_is_the_end(lose, then, number, capfd) -> None:
    begun = time.monotonic()
    done = stopped(lose, then, number)
    assert time.monotonic() - begun < 5
    assert done.exit_code == 128 + number
    assert done.stderr.splitlines() == [MESSAGE]
    assert capfd.readouterr().err == ""


def test_an_error_without_a_signal_stays_what_it_is() -> None:
    done = stopped(lambda _: None, goes_wrong, signal.SIGTERM)
    assert done.exit_code == 1
    assert done.stderr.startswith("RuntimeError: no compiled object yet")


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """As under nohup."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        done = stopped(lambda number: os.kill(os.getpid(), number), ends, signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert (done.exit_code, done.output) == (0, "")


def test_nothing_is_left_behind() -> None:
    files = len(list(Path("/dev/fd").iterdir()))
    for number in NUMBERS:
        stopped(lost_in_c, goes_wrong, number)
    deadline = time.monotonic() + 5
    while any(one.name == "minsksim-signals" for one in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert signal.set_wakeup_fd(-1) == -1
    assert len(list(Path("/dev/fd").iterdir())) <= files


@pytest.mark.parametrize("number", NUMBERS)
def test_a_compiler_that_hears_nothing_is_cut_off(number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DEAF, "compiles"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2)
        begun = time.monotonic()
        process.send_signal(number)
        _, complaint = process.communicate()
        assert time.monotonic() - begun < 2
    assert process.returncode == 128 + number
    assert complaint.splitlines() == [MESSAGE]
