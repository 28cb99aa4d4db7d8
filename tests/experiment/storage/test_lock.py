"""R7: one writer at a time; the system frees the lock when its holder dies."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from toy_kernel import ToyKernel

from minsksim.errors import ResultBusy
from minsksim.experiment.storage.lock import Lock


def test_the_second_of_two_is_told_who_holds_it(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock"):
        with pytest.raises(ResultBusy, match=f"process {os.getpid()}") as caught:
            Lock(tmp_path / "lock")
        assert caught.value.exit_code == 6
    Lock(tmp_path / "lock").release()


def test_a_file_left_behind_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"pid": 1, "host": "gone", "since": "2001"}')
    Lock(tmp_path / "lock").release()


def test_of_two_sweeps_of_one_question_one_proceeds(toy_sweep, tmp_path: Path) -> None:
    folder, ends = tmp_path / "one", []
    barrier = threading.Barrier(2)

    def begin() -> None:
        barrier.wait()
        try:
            ends.append(toy_sweep(folder=folder, kernel=ToyKernel(delay=0.05)).digest)
        except ResultBusy as error:
            ends.append(error)

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(end).__name__ for end in ends) == ["ResultBusy", "str"]


@pytest.mark.skipif(os.name == "nt", reason="kills process groups")
def test_processes_exclude_each_other_until_the_holder_is_killed(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    holder = start(delay=5.0)  # longer than anybody takes to start on a busy machine
    assert holder.stdout is not None
    holder.stdout.readline()
    begun = time.monotonic()
    second = start()
    _, complaint = second.communicate()
    refused = time.monotonic() - begun
    assert second.returncode == 6
    assert f"process {holder.pid}" in complaint
    os.killpg(holder.pid, signal.SIGKILL)
    holder.communicate()
    begun = time.monotonic()
    third = start()
    assert third.stdout is not None
    third.stdout.readline()
    assert time.monotonic() - begun < 10 + 2 * refused
    third.communicate()
    assert third.returncode == 0
