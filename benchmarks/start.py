"""How soon a command answers: ``python benchmarks/start.py``.

Times commands in processes of their own, in rounds. The first answer, with an empty cache, is held
against a rival in the same rounds: importing scipy, pandas and matplotlib. The others are timed
with what earlier commands kept, and the first sweep with nothing compiled. Writes
benchmarks/out/start.json.
``benchmarks/README.md`` says how to read it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

OUT = Path(__file__).parent / "out"
PROGRAM = "from minsksim.cli import main; main()"
FIRST, RIVAL = "run minsk, empty cache", "import scipy, pandas, matplotlib"
MOST = 2.5
"""Bar: CPU seconds of the first answer over those of the rival."""
COLD = "sweep minsk --runs 100, nothing compiled"
WARM = {
    "run minsk": 1.5,
    "--help": 0.3,
    "list": None,
    "check minsk": None,
    "sweep minsk --dry-run": None,
}
"""Bars in seconds of wall time; none where nobody set one."""
BUSY = 1.25
"""Wall time over CPU time from which on the machine was too busy for a verdict."""


def play(
    words: str, python: str, environment: dict[str, str], folder: str, program: str = PROGRAM
) -> dict[str, float]:
    """Start one command; wall and CPU seconds until it has ended."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [python, "-c", program, *words.split()],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
    )
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    return {"wall": wall, "cpu": user + system}


def summary(name: str, bar: float | None, times: list[dict[str, float]]) -> dict[str, Any]:
    """Median, lowest and highest of one command."""
    walls, cpus = ([one[kind] for one in times] for kind in ("wall", "cpu"))
    row = {
        "command": name,
        "bar": bar,
        "rounds": len(times),
        "wall": statistics.median(walls),
        "lowest": min(walls),
        "highest": max(walls),
        "cpu": statistics.median(cpus),
    }
    return {**row, "verdict": verdict(row)}


def verdict(row: dict[str, Any]) -> str:
    """Pass, fail, or none: without a bar, or where a busy machine alone may have missed it."""
    if row["bar"] is None:
        return ""
    if row["wall"] <= row["bar"]:
        return "pass"
    is_busy = row["cpu"] <= row["bar"] and row["wall"] > BUSY * row["cpu"]
    return "none: busy" if is_busy else "fail"


def first_answers(
    python: str, rounds: int, environment: dict[str, str], folder: str
) -> dict[str, Any]:
    """CPU seconds of a first answer and of its rival, in turn, and their ratio."""
    ours, rivals = [], []
    play("--help", python, environment, folder)  # so that bytecode is there, as pip leaves it
    for number in range(rounds + 1):
        empty = {**environment, "MINSKSIM_CACHE": f"{folder}/empty{number}"}
        ours.append(play("run minsk", python, empty, folder)["cpu"])
        rivals.append(play("", python, empty, folder, RIVAL)["cpu"])
    ratios = [one / other for one, other in zip(ours[1:], rivals[1:], strict=True)]
    return {
        "first_answer": FIRST,
        "rival": RIVAL,
        "cpu": statistics.median(ours[1:]),
        "rival_cpu": statistics.median(rivals[1:]),
        "ratio": statistics.median(ratios),
        "lowest": min(ratios),
        "highest": max(ratios),
        "bar": MOST,
        "verdict": "pass" if statistics.median(ratios) <= MOST else "fail",
    }


def measure(
    python: str, rounds: int, console: Console
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Everything, in an empty folder with a cache and bytecode of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "MINSKSIM_CACHE": f"{folder}/cache",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        first = first_answers(python, rounds, environment, folder)
        console.log("the first sweep compiles for half a minute")
        words = "sweep minsk --runs 100 --no-figures --results results"
        rows = [summary(COLD, None, [play(words, python, environment, folder)])]
        for words in WARM:
            play(words, python, environment, folder)
        times: dict[str, list[dict[str, float]]] = {words: [] for words in WARM}
        for number in range(rounds):
            console.log(f"round {number + 1} of {rounds}")
            for words, found in times.items():
                found.append(play(words, python, environment, folder))
    return first, rows + [summary(words, WARM[words], found) for words, found in times.items()]


def show(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print what was measured."""
    table = Table(title="Seconds until minsksim has answered (medians)")
    for heading in (
        "command",
        "bar",
        "wall, median",
        "lowest to highest",
        "CPU, median",
        "verdict",
    ):
        table.add_column(heading, justify="left" if heading in ("command", "verdict") else "right")
    for row in rows:
        table.add_row(
            row["command"],
            "" if row["bar"] is None else f"{row['bar']:.1f}",
            f"{row['wall']:.2f}",
            f"{row['lowest']:.2f} to {row['highest']:.2f}" if row["rounds"] > 1 else "once",
            f"{row['cpu']:.2f}",
            row["verdict"],
        )
    console.print(table)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="at least 5")
    parser.add_argument("--python", default=sys.executable, help="of another installation")
    options, console = parser.parse_args(), Console()
    first, rows = measure(options.python, max(5, options.rounds), console)
    show(console, rows)
    console.print(
        f"{first['first_answer']}: {first['ratio']:.2f} times the CPU of {first['rival']} "
        f"({first['lowest']:.2f} to {first['highest']:.2f}; {first['cpu']:.2f} against "
        f"{first['rival_cpu']:.2f} s), at most {MOST}: {first['verdict']}"
    )
    packages = {name: version(name) for name in ("numba", "numpy")}
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), **packages}
    OUT.mkdir(exist_ok=True)
    report = {"machine": machine, "first_answer": first, "starts": rows}
    (OUT / "start.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
