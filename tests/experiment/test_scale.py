"""R8, R10, R17, R18, R19: clocks, orders, changed inputs, rebuilding, and a million runs."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sizes import size
from toy_kernel import ToyKernel

from minsksim.errors import MinsksimError
from minsksim.experiment import load_result, resume
from minsksim.experiment.storage.journal import read_journal
from minsksim.scenario import load_scenario

HERE = Path(__file__).parent
PAIR = HERE.parent / "data" / "pair"
DAY = 86_400.0
STEPS = (1.0, -1.0, 3600.0, -3600.0, 10 * 365 * DAY, -10 * 365 * DAY, -(10**10), 0.0)


@pytest.mark.parametrize("case", range(size(3, 20)))
def test_r8_no_clock_changes_a_result(
    toy_sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: int, tally
) -> None:
    """Steps of the wall clock, 1970, a clock that stands still, and odd time zones."""
    calm = toy_sweep(folder=tmp_path / "calm").digest
    luck = random.Random(case)
    real, offset = time.time, [0.0]

    def stepping() -> float:
        offset[0] += STEPS[case % len(STEPS)] * luck.random()
        return 0.0 if case == 1 else max(0.0, real() + offset[0])

    monkeypatch.setattr(time, "time", stepping)
    monkeypatch.setattr(time, "gmtime", lambda: time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0)))
    monkeypatch.setenv("TZ", luck.choice(["Asia/Kathmandu", "America/St_Johns", "Etc/GMT+12"]))
    time.tzset()
    result = toy_sweep(folder=tmp_path / "stepped")
    timings = json.loads((result.path / "timings.json").read_bytes())
    monkeypatch.undo()
    time.tzset()
    assert result.digest == calm
    assert timings["seconds"] >= 0
    tally("R8", "clock stepped, stopped or set to 1970: same digest", cases=1)


def test_r10_threads_cuts_and_order(toy_sweep, tmp_path: Path, tally) -> None:
    luck = random.Random(10)

    class Shuffled(ToyKernel):
        def simulate(self, *arguments, **options):
            time.sleep(luck.random() * 0.004)
            return super().simulate(*arguments, **options)

    digests = set()
    for case in range(size(4, 200)):
        digests.add(
            toy_sweep(
                folder=tmp_path / str(case),
                kernel=Shuffled(),
                threads=luck.choice([1, 2, 4, 8]),
                block=luck.randrange(7, 200),
                sample=luck.randrange(1, 30),
            ).digest
        )
    assert len(digests) == 1
    tally("R10", "threads, cuts and order of blocks: one digest", sweeps=size(4, 200))


def test_r17_changed_inputs_never_mix(toy_sweep, tmp_path: Path, tally) -> None:
    """One digit of the scenario changed after the sweep began: another folder, or exit 8."""
    whole = toy_sweep().path
    text = (PAIR / "base.yaml").read_text()
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    luck = random.Random(17)
    changed = 0
    while changed < size(8, 100):
        place = luck.choice(places)
        other = text[:place] + luck.choice("123456789") + text[place + 1 :]
        folder = tmp_path / f"pair-{changed}"
        shutil.copytree(PAIR, folder)
        (folder / "base.yaml").write_text(other)
        try:
            scenario = load_scenario(folder / "base.yaml")
        except MinsksimError:
            scenario = None
        shutil.rmtree(folder)
        if scenario is None or other == text:
            continue
        if scenario.digest == load_scenario(PAIR / "base.yaml").digest:
            continue  # a comment
        changed += 1
        with pytest.raises(MinsksimError) as caught:
            toy_sweep(scenario, folder=whole)
        assert caught.value.exit_code == 8
    tally("R17", "one digit changed between start and resume: exit 8", changes=changed)


@pytest.mark.parametrize("case", range(size(1, 5)))
def test_r18_rebuilt_from_the_manifest_alone(toy_sweep, tmp_path: Path, case: int, tally) -> None:
    kinds = ["lhs", "sobol", "saltelli", "morris", "grid"]
    from minsksim.experiment import Vary

    vary = [Vary("levers.toll.initial"), Vary("actors.northland.patience")]
    points = None if kinds[case] == "grid" else 4
    result = toy_sweep(design=kinds[case], vary=vary, points=points, runs=7, seed=case)
    alone = tmp_path / "alone" / result.id
    alone.mkdir(parents=True)
    shutil.copy(result.path / "manifest.json", alone)
    assert resume(alone, kernel=ToyKernel()).digest == result.digest
    tally("R18", "rebuilt from the manifest alone: same digest", sweeps=1)


def test_r19_many_runs_stay_small(tmp_path: Path, tally) -> None:
    """In a process of its own, for its memory."""
    runs = size(20_000, 1_000_000)
    code = (
        "import re, resource, sys\n"
        f"sys.path.insert(0, {str(HERE)!r})\n"
        "from pathlib import Path\n"
        "from toy_kernel import ToyKernel\n"
        "from minsksim.experiment.question.request import SweepRequest\n"
        "from minsksim.experiment.sweep import answer\n"
        "from minsksim.scenario import load_scenario\n"
        f"scenario = load_scenario(Path({str(PAIR / 'base.yaml')!r}))\n"
        f"question = SweepRequest(runs={runs}, series=20).question([scenario])\n"
        f"result = answer(question, Path({str(tmp_path)!r}) / question.id, kernel=ToyKernel())\n"
        "status = Path('/proc/self/status')\n"
        # on Linux ru_maxrss begins with what the process that started this one had
        "peak = re.search(r'VmHWM:\\s+(\\d+)', status.read_text())[1] if status.exists() else (\n"
        "    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        "print(result.path, peak)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    path, memory = done.stdout.split()
    folder = Path(path)
    begun = time.monotonic()
    entries = read_journal(folder / "journal.jsonl").entries
    replayed = time.monotonic() - begun
    files = sum(1 for one in folder.rglob("*") if one.is_file())
    megabytes = int(memory) / 1024
    assert load_result(folder).record["runs"] == runs
    assert len(entries) > runs // 2048
    assert replayed < 5
    assert megabytes < 500
    assert files <= 2000
    tally(
        "R19",
        "many short runs: journal read, memory of the driver, files",
        runs=runs,
        journal_s=replayed,
        driver_mb=megabytes,
        files=files,
    )
