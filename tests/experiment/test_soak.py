"""R20: one process that lives long, while its sweeps are killed, stopped, starved and damaged.

``MINSKSIM_SOAK_MINUTES`` changes how long ``make chaos`` goes on (an hour).
"""

from __future__ import annotations

import errno
import gc
import os
import random
import shutil
import signal
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from sizes import size
from test_damage import complaints, digested, flip
from test_disk import Disk
from zygote import Child, Zygote

from minsksim.errors import ResultDamaged, StorageError

MINUTES = float(os.environ.get("MINSKSIM_SOAK_MINUTES", size("0", "60")))
SWEEPS = size(10, 500)
RUNS = 400
pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, and kills process groups")


class Mishaps:
    """What happens to a sweep before it is done in peace."""

    def __init__(self, zygote: Zygote, sweep: Callable[[], object], luck: random.Random) -> None:
        self.zygote, self.sweep, self.luck = zygote, sweep, luck
        self.folder = Path()
        self.count = self.moved = 0

    def befall(self) -> None:
        """Do one of them."""
        deeds = (self.killed, self.stopped, self.starved, self.flipped, self.contested)
        self.peacefully(self.luck.choice(deeds))
        self.count += 1

    def peacefully(self, deed: Callable[[], object]) -> object:
        """Do something; a journal damaged in its middle is moved away, as it says, and redone."""
        try:
            return deed()
        except ResultDamaged as error:
            self._move(str(error))
            return deed()

    def _move(self, complaint: str) -> None:
        assert "Move the folder away" in complaint
        shutil.rmtree(self.folder, ignore_errors=True)
        self.moved += 1

    def _ended(self, child: Child, *codes: int) -> int:
        code = child.wait()
        if code == ResultDamaged.exit_code:
            self._move(child.printed)
            return 0
        assert code in codes, child.printed
        return code

    def _start(self) -> Child:
        return self.zygote.start(self.folder.parents[1], delay=0.01, runs=RUNS)

    def killed(self, number: int = signal.SIGKILL) -> None:
        """Have another process do it, and end that at any time."""
        child = self._start()
        time.sleep(self.luck.uniform(0.0, 0.15))
        child.kill(number)
        # a signal that comes before the sweep begins ends the process as it ends any other
        self._ended(child, 0, 130, -number)

    def stopped(self) -> None:
        """Stop it as with Ctrl-C."""
        self.killed(signal.SIGINT)

    def starved(self) -> None:
        """Let the disk be full from some write on."""
        disk, real = Disk(self.luck.randrange(60), errno.ENOSPC), os.write

        def write(descriptor: int, data: bytes) -> int:
            if descriptor > 2:
                disk()
            return real(descriptor, data)

        os.write = write
        try:
            self.sweep()
        except StorageError:
            pass
        finally:
            os.write = real

    def flipped(self) -> None:
        """Finish it, and flip a bit of one of its files."""
        self.sweep()
        path = self.luck.choice([p for p in digested(self.folder) if p.stat().st_size])
        flip(path, self.luck)
        assert path.name in complaints(self.folder)
        if path.name == "journal.jsonl":
            self.peacefully(self.sweep)

    def contested(self) -> None:
        """Let two others start at once."""
        children = [self._start() for _ in range(2)]
        assert 0 in [self._ended(child, 0, 6) for child in children]


def test_r20_a_long_life(zygote: Zygote, toy_sweep, tmp_path: Path, tally) -> None:
    luck = random.Random(20)
    whole = toy_sweep(folder=tmp_path / "whole", runs=RUNS)
    place = tmp_path / "results" / "pair" / whole.id

    def sweep():
        return toy_sweep(folder=place, runs=RUNS, notify=lambda sentence: None)

    mishaps = Mishaps(zygote, sweep, luck)
    mishaps.folder = place
    me, begun = psutil.Process(), time.monotonic()
    memory: list[tuple[float, float]] = []
    sweeps = files = 0
    while sweeps < SWEEPS or time.monotonic() - begun < 60 * MINUTES:
        for _ in range(luck.randint(1, 3)):
            mishaps.befall()
        result = mishaps.peacefully(sweep)
        assert result.digest == whole.digest
        result.verify()
        assert not list(place.rglob(".writing-*"))
        shutil.rmtree(place)
        sweeps += 1
        gc.collect()
        memory.append((time.monotonic(), me.memory_info().rss / 2**20))
        if sweeps == SWEEPS // 2:
            files = me.num_fds()
        # the sweeps are spread over the time, for others work here too
        spare = begun + 60 * MINUTES * sweeps / (1.2 * SWEEPS) - time.monotonic()
        time.sleep(max(0.0, spare))
    assert me.num_fds() <= files
    climb = slope(memory)
    if MINUTES >= 30:
        assert climb < 1
    tally(
        "R20",
        "one process through kills, Ctrl-C, full disks, flipped bits, rivals: one digest",
        sweeps=sweeps,
        mishaps=mishaps.count,
        minutes=(time.monotonic() - begun) / 60,
        mb_an_hour=climb,
        moved_away=mishaps.moved,
    )


def slope(memory: list[tuple[float, float]]) -> float:
    """Return MiB an hour: the third quarter of a life against the fourth, by their medians."""
    quarter = len(memory) // 4
    third, fourth = memory[2 * quarter : 3 * quarter], memory[3 * quarter :]
    hours = (
        statistics.median(t for t, _ in fourth) - statistics.median(t for t, _ in third)
    ) / 3600
    more = statistics.median(mb for _, mb in fourth) - statistics.median(mb for _, mb in third)
    return more / hours if hours else 0.0
