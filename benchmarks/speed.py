"""How fast the engine is, as ratios measured in one run: ``python benchmarks/speed.py``.

Compares the batch kernel and our Mesa form with the plain Mesa model under Mesa's own
``batch_run`` on the frozen flagship, and the kernel on the same file with every mechanism switched
on; plays today's flagship beside them. Then times one sweep of
today's flagship from the command line, files and figures included. Writes
benchmarks/out/speed.json. ``benchmarks/README.md`` says how to read it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from contest import Contestant, compete, ratios, spread
from mesa.batchrunner import batch_run
from mesa_plain import PlainModel
from plain_check import FROZEN, kernel_measures, unequal
from rich.console import Console
from rich.table import Table

from minsksim import load_scenario
from minsksim.model import Model
from minsksim.scenario import Scenario

OUT = Path(__file__).parent / "out"
LIVE = "minsk"
"""The flagship of today, which no rival plays."""
EVERYTHING = FROZEN.with_name("everything.yaml")
"""The frozen flagship with every mechanism on; the plain model plays it without them."""
SEED = 7
STEADY = 0.15
"""Largest spread of the reference for which a verdict is given."""
KERNEL_BAR = 300.0
EVERYTHING_BAR = 150.0
WALL_BAR, MEMORY_BAR = 75.0, 1024.0
"""About a minute, in seconds; one GiB, in MiB."""


def make_contestants(case: Scenario) -> list[Contestant]:
    """The reference first."""

    def plain(runs: int) -> None:
        batch_run(
            PlainModel,
            {"case": case, "replication": range(runs)},
            number_processes=1,
            display_progress=False,
        )

    def mesa_form(runs: int) -> None:
        for replication in range(runs):
            Model(case, seed=SEED, replication=replication).run()

    def kernel(runs: int) -> None:
        kernel_measures(case, SEED, range(runs))

    return [
        Contestant("plain Mesa, batch_run", plain),
        Contestant("Model (Mesa form)", mesa_form),
        Contestant("batch kernel, 1 thread", kernel),
    ]


def make_kernel(name: str, case: Scenario) -> Contestant:
    """The kernel on a scenario that no rival plays."""

    def kernel(runs: int) -> None:
        kernel_measures(case, SEED, range(runs))

    return Contestant(f"batch kernel, {name}", kernel)


def throughput(contestant: Contestant) -> dict[str, Any]:
    """Median and spread of one contestant."""
    return {
        "name": contestant.name,
        "runs_per_round": contestant.runs,
        "runs_per_core_second": 1.0 / statistics.median(contestant.seconds_per_run),
        "spread": spread(contestant.seconds_per_run),
        "seconds_per_run": contestant.seconds_per_run,
    }


def summary(contestants: list[Contestant]) -> list[dict[str, Any]]:
    """Medians and spreads, reference first."""
    rows = []
    for contestant in contestants:
        against = ratios(contestant, contestants[0])
        found = {
            "ratio": statistics.median(against),
            "ratio_low": min(against),
            "ratio_high": max(against),
        }
        rows.append({**throughput(contestant), **found})
    return rows


def verdict(reference: dict[str, Any], row: dict[str, Any], bar: float) -> str:
    """Pass, fail, or none where the reference was not steady."""
    if reference["spread"] > STEADY:
        return f"none: the reference's spread of {reference['spread']:.0%} exceeds {STEADY:.0%}"
    return "pass" if row["ratio"] >= bar else "fail"


# On Linux a process begins with the peak memory of the one that started it, which here holds
# thousands of Mesa models: a small process in between starts the sweep and reports on it.
LAUNCHER = """
import json, resource, subprocess, sys, time
begin = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
wall, usage = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
scale = 1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0
print(json.dumps({
    "code": done.returncode,
    "told": done.stdout[-2000:],
    "wall_seconds": wall,
    "core_seconds": usage.ru_utime + usage.ru_stime,
    "peak_mib": usage.ru_maxrss / scale,
}))
"""


def time_sweep(reference: str, runs: int) -> dict[str, Any]:
    """One sweep from the command line in an empty folder: wall time, CPU time, peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        program = str(Path(sys.executable).with_name("minsksim"))
        command = [program, "sweep", reference, "--runs", str(runs)]
        launched = subprocess.run(
            [sys.executable, "-c", LAUNCHER, *command],
            cwd=folder,
            stdout=subprocess.PIPE,
            check=True,
        )
        found: dict[str, Any] = json.loads(launched.stdout)
        files = [file for file in Path(folder).rglob("*") if file.is_file()]
        if found["code"] != 0:
            return {"failed": found["told"]}
        is_met = found["wall_seconds"] <= WALL_BAR and found["peak_mib"] < MEMORY_BAR
        return {
            "runs": runs,
            **{name: found[name] for name in ("wall_seconds", "core_seconds", "peak_mib")},
            "files": len(files),
            "figures": sum(file.suffix in {".png", ".svg", ".pdf"} for file in files),
            "written_mib": sum(file.stat().st_size for file in files) / 2**20,
            "verdict": "pass" if is_met else "fail",
        }


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    packages = {name: version(name) for name in ("mesa", "numba", "numpy")}
    return {"python": platform.python_version(), "cores": os.cpu_count(), **packages}


def table_of(report: dict[str, Any]) -> Table:
    """All contestants; today's flagship last, in the same columns and without a ratio."""
    table = Table(title=f"Runs of {report['scenario']} per core-second")
    for heading in ("contestant", "runs per core-second", "ratio", "lowest to highest", "IQR"):
        table.add_column(heading, justify="left" if heading == "contestant" else "right")
    for row in (*report["contest"], report["live"]):
        has_rival = "ratio" in row
        table.add_row(
            row["name"],
            f"{row['runs_per_core_second']:,.1f}",
            f"{row['ratio']:.1f}" if has_rival else "",
            f"{row['ratio_low']:.1f} to {row['ratio_high']:.1f}" if has_rival else "no rival",
            f"{row['spread']:.0%}",
        )
    return table


def show(console: Console, report: dict[str, Any]) -> None:
    """Print what was measured."""
    if "contest" in report:
        console.print(table_of(report))
        equal = report["equal_runs"]
        console.print(f"Runs equal in every measure: {equal['equal']} of {equal['compared']}")
        console.print(f"Kernel at least {KERNEL_BAR:.0f} times: {report['verdict']}")
        told = report["verdict_of_everything"]
        console.print(f"With every mechanism on at least {EVERYTHING_BAR:.0f} times: {told}")
    if "sweep" in report:
        console.print(report["sweep"])


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="at least 5")
    parser.add_argument("--seconds", type=float, default=2.0, help="CPU time of a contestant")
    parser.add_argument("--sweep-runs", type=int, default=100_000, help="0 for no sweep")
    parser.add_argument("--no-contest", action="store_true", help="time the sweep only")
    return parser.parse_args()


def main() -> None:
    """Measure, print and write."""
    options, console = arguments(), Console()
    report: dict[str, Any] = {"scenario": FROZEN.stem, "live_scenario": LIVE, "machine": machine()}
    if not options.no_contest:
        case = load_scenario(FROZEN)
        live = make_kernel("today's flagship", load_scenario(LIVE))
        everything = make_kernel("every mechanism on", load_scenario(EVERYTHING))
        contestants = [*make_contestants(case), everything]
        compete([*contestants, live], max(5, options.rounds), options.seconds, console.log)
        differing = unequal(case, SEED, range(10))
        rows = summary(contestants)
        report["contest"], report["live"] = rows, throughput(live)
        report["equal_runs"] = {"compared": 10, "equal": 10 - len(differing)}
        report["verdict"] = verdict(rows[0], rows[-2], KERNEL_BAR)
        report["verdict_of_everything"] = verdict(rows[0], rows[-1], EVERYTHING_BAR)
    if options.sweep_runs:
        console.log(f"sweeping {options.sweep_runs:,} runs of {LIVE}")
        report["sweep"] = time_sweep(LIVE, options.sweep_runs)
    show(console, report)
    OUT.mkdir(exist_ok=True)
    (OUT / "speed.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
