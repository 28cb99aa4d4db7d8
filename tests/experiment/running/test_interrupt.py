"""R9: Ctrl-C and SIGTERM stop cleanly, soon, and the same command resumes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toy_kernel import ToyKernel

from minsksim.cli.signals import insist
from minsksim.errors import ResultError
from minsksim.experiment import Interrupted, load_result

Start = Callable[..., subprocess.Popen[str]]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_within_two_seconds(start: Start, number: signal.Signals, code: int) -> None:
    process = start(delay=0.1)
    assert process.stdout is not None
    for _ in range(6):
        process.stdout.readline()
    begun = time.monotonic()
    process.send_signal(number)
    _, complaint = process.communicate()
    assert time.monotonic() - begun < 2
    assert process.returncode == code
    assert "the same command resumes" in complaint
    assert "Traceback" not in complaint


class Signalling(ToyKernel):
    """Sends a signal to its own process from within the first block."""

    has_sent = False

    def simulate(self, *arguments: Any, **options: Any) -> Any:
        block = super().simulate(*arguments, **options)
        if not self.has_sent:
            self.has_sent = True
            os.kill(os.getpid(), signal.SIGINT)
        return block


@pytest.mark.usefixtures("heeding")
def test_an_interrupted_sweep_ends_in_the_same_bytes(toy_sweep, tmp_path: Path) -> None:
    whole = toy_sweep(folder=tmp_path / "whole")
    log, folder = tmp_path / "log", tmp_path / "cut"
    with pytest.raises(Interrupted) as caught:
        toy_sweep(folder=folder, kernel=Signalling(0.05, log), threads=1)
    assert caught.value.exit_code == 130
    with pytest.raises(ResultError, match="not finished"):
        load_result(folder)
    resumed = toy_sweep(folder=folder, kernel=ToyKernel(log=log))
    assert resumed.digest == whole.digest
    for name in ("runs.parquet", "series.parquet", "manifest.json", "digest.json"):
        assert (folder / name).read_bytes() == (whole.path / name).read_bytes()


@pytest.mark.usefixtures("heeding")
def test_a_second_signal_ends_it_at_once(toy_sweep) -> None:
    """Even while the main thread is busy and cannot look whether it was asked to stop."""

    def progress(done: int, total: int) -> None:
        if done:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)

    begun = time.monotonic()
    with pytest.raises(Interrupted, match="at once"):
        toy_sweep(progress=progress)
    assert time.monotonic() - begun < 2


def test_handlers_are_put_back(toy_sweep) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    toy_sweep()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.usefixtures("heeding")
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_stop_while_tables_are_written_says_nothing_else(
    toy_sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that is given up must not complain when it is collected."""
    import gc

    from minsksim.experiment.storage import assemble, finish

    real = finish.PIECES["runs"]

    def stopping(plan: Any, store: Any) -> Any:
        for table in real(plan, store):
            yield table
            os.kill(os.getpid(), signal.SIGINT)

    assert finish.PIECES is assemble.PIECES
    monkeypatch.setitem(finish.PIECES, "runs", stopping)
    with pytest.raises(Interrupted):
        toy_sweep()
    gc.collect()


@pytest.mark.usefixtures("heeding")
@pytest.mark.parametrize("error", [KeyboardInterrupt(), Interrupted("Stopped.", signal.SIGINT)])
def test_ctrl_c_in_the_callback_of_a_weak_reference_is_not_lost(
    error: BaseException, capfd: pytest.CaptureFixture[str]
) -> None:
    class Thing:
        pass

    def fall_into(_: object) -> None:
        raise error

    thing = Thing()
    watch = weakref.ref(thing, fall_into)
    with insist():
        del thing
        assert watch() is None
        with pytest.raises(KeyboardInterrupt):
            time.sleep(5)
    assert "Traceback" not in capfd.readouterr().err


def test_other_errors_there_are_still_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    class Thing:
        def __del__(self) -> None:
            raise ValueError("on purpose")

    shown = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: shown.append(str(lost.exc_value)))
    with insist():
        Thing()
    assert shown == ["on purpose"]
