"""R6: a full, read-only or failing disk ends in exit 7 and a result that can go on."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pytest
from sizes import size

from minsksim.errors import StorageError
from minsksim.experiment.storage.files import AtomicFile, storage_errors
from minsksim.experiment.storage.parquet import TableWriter

CALLS = ("write", "fsync", "replace")


class Disk:
    """Lets a number of calls pass, then fails every one."""

    def __init__(self, passes: int, number: int) -> None:
        self.left = passes
        self.number = number

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(self.number, os.strerror(self.number))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch):
    """Make one kind of call fail from the given one on."""

    def install(call: str, disk: Disk) -> None:
        target = Path if call == "replace" else os
        real = getattr(target, call)

        def attempt(*arguments: object) -> object:
            if call == "write" and arguments[0] in (1, 2):
                return real(*arguments)
            disk()
            return real(*arguments)

        monkeypatch.setattr(target, call, attempt)

    return install


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("call", CALLS)
def test_a_failing_disk_is_named_and_the_rest_resumed(
    toy_sweep,
    failing,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    number: int,
    tally,
) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    for passes in size((0, 1, 4, 9, 19), range(40)):
        folder = tmp_path / f"{call}-{passes}"
        with monkeypatch.context() as context:
            disk = Disk(passes, number)
            failing(call, disk)
            caught = None
            try:
                toy_sweep(folder=folder)
            except StorageError as error:
                caught = error
            context.undo()
        monkeypatch.undo()
        if caught is None:
            # fewer calls than that: the disk never failed
            assert passes > 9
            assert disk.left >= 0
            break
        assert caught.exit_code == 7
        assert str(tmp_path) in str(caught)
        assert not list(folder.rglob(".writing-*"))
        tally("R6", f"{call} fails from the n-th call on: exit 7, resumes alike", cases=1)
        assert toy_sweep(folder=folder).digest == whole


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small file system")
@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_a_real_full_disk(tmp_path: Path, tally) -> None:
    """On tmpfs of several sizes, in a user namespace of our own."""
    here = Path(__file__).parents[1]
    scenario = here.parent / "data" / "pair" / "base.yaml"
    small = tmp_path / "small"
    small.mkdir()
    command = 'mount -t tmpfs -o size="$1" tmpfs "$2" && exec "$3" "$4" "$5" "$2" 0 "$6" 2 2000'
    sizes = size(["48k", "96k", "160k"], [f"{48 + 4 * step}k" for step in range(50)])
    for room in sizes:
        toy = [sys.executable, str(here / "toy_kernel.py"), str(scenario), str(tmp_path / "log")]
        done = subprocess.run(
            ["unshare", "-m", "-r", "sh", "-c", command, "sh", room, str(small), *toy],
            capture_output=True,
            text=True,
            check=False,
        )
        if "unshare" in done.stderr or "mount" in done.stderr:
            pytest.skip("namespaces are not permitted here")
        tally("R6", "full disk: exit 7, path named, no traceback", disks=1)
        assert done.returncode == 7, done.stderr
        assert str(small) in done.stderr
        assert "Traceback" not in done.stderr


def test_a_failing_disk_leaves_no_memory_behind(tmp_path: Path) -> None:
    """An error that passes through pyarrow on its way up leaves its text there, each time."""
    schema = pa.schema([("point", pa.int32())])
    table = pa.table({"point": [0, 1]}, schema=schema)

    def fail(passes: int) -> None:
        disk, real = Disk(passes, errno.ENOSPC), AtomicFile.write

        def write(file: AtomicFile, data: bytes) -> int:
            with storage_errors(file.path):
                disk()
            return real(file, data)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(AtomicFile, "write", write)
            with (
                pytest.raises(StorageError, match="disk is full"),
                TableWriter(tmp_path / "t", schema) as writer,
            ):
                writer.append(table)
        assert not list(tmp_path.iterdir())

    fail(0)
    tracemalloc.start()
    try:
        for passes in (0, 1, 2):
            fail(passes)
        before = tracemalloc.get_traced_memory()[0]
        for case in range(90):
            fail(case % 3)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 20_000
