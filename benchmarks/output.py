"""What sampling, writing and summarising cost: ``python benchmarks/output.py``.

Sweeps the flagship from the command line, once with a million replications of its own numbers and
once over a million points of a design over every number that has a range, and splits the
core-seconds into simulation, figures and the rest. Bars: the rest costs no more than the
simulation; ten million runs (``--runs 10000000 --points 0``) stay under 1.5 GiB. With ``--turns 2``
that takes minutes instead of an hour: runs end early, and what is kept of each stays the same.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from minsksim import load_scenario
from minsksim.scenario import Scenario

HERE = Path(__file__).parent
OUT = HERE / "out"
MEMORY_BAR = 1536.0
"""1.5 GiB, in MiB."""
SHARE_BAR = 1.0
PARTS = ("sampling", "blocks", "tables", "summary", "start")
BYTES_PER_RUN, BYTES_PER_VARIED = 300, 9
"""Room on the disk for a run of the flagship, shards and table, and for each varied number."""

# A small process in between starts the sweep, so that its peak is its own (see speed.py), and
# looks from time to time at what all processes of its tree hold.
LAUNCHER = """
import json, os, resource, subprocess, sys, threading, time
def tree(root):
    parents, resident = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                words = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(name)] = int(words[1])
        resident[int(name)] = int(words[21]) * os.sysconf("SC_PAGE_SIZE")
    held, members = 0, {root}
    for process in sorted(parents):
        if process in members or parents[process] in members:
            members.add(process)
            held += resident[process]
    return held
begin, peak = time.perf_counter(), 0
done = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
told = []
reader = threading.Thread(target=lambda: told.append(done.stdout.read()))
reader.start()
while reader.is_alive():
    if os.path.isdir("/proc"):
        peak = max(peak, tree(done.pid))
    reader.join(0.25)
code = done.wait()
wall, usage = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({
    "code": code,
    "told": told[0][-2000:],
    "wall_seconds": wall,
    "core_seconds": usage.ru_utime + usage.ru_stime,
    "peak_mib": max(peak, largest) / 2**20,
}))
"""


def time_sweep(name: str, words: list[str], folder: Path) -> dict[str, Any]:
    """One sweep in an empty folder: where its core-seconds went, and its peak memory."""
    report = folder / "stopwatch.json"
    command = [sys.executable, str(HERE / "stopwatch.py"), str(report), "sweep", *words]
    launched = subprocess.run(
        [sys.executable, "-c", LAUNCHER, *command], cwd=folder, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = json.loads(launched.stdout)
    if found.pop("code") != 0:
        raise SystemExit(f"{name}: {found['told']}")
    told = json.loads(report.read_text())
    spent = told["spent"]
    files = [file for file in folder.rglob("*") if file.is_file()]
    rest = sum(spent[part] for part in PARTS)
    return {
        "name": name,
        "command": "minsksim sweep " + " ".join(words),
        **{key: found[key] for key in ("wall_seconds", "core_seconds", "peak_mib")},
        "spent": spent,
        "peaks": told["peak_mib"],
        "rest": rest,
        "share": rest / spent["simulation"],
        "written_mib": sum(file.stat().st_size for file in files) / 2**20,
    }


SHORTER = """format: 1
title: The same with fewer turns
question: What does a sweep keep of a run?
based_on: {base}
because: What a sweep keeps of a run does not depend on its turns.
changes: {{calendar.turns: {turns}}}
removes: [{events}]
"""


def shortened(scenario: Scenario, turns: int, folder: Path) -> str:
    """A copy of the shipped scenario in which runs end early and nothing is dated."""
    copy = folder / "scenarios" / "one"
    shutil.copytree(scenario.path.parent, copy)
    shutil.copy(scenario.path.parents[1] / "sources.bib", copy.parent)
    events = scenario.document.events.items()
    dated = ", ".join(f"events.{name}" for name, event in events if event.on is not None)
    text = SHORTER.format(base=scenario.path.name, turns=turns, events=dated)
    (copy / "short.yaml").write_text(text, encoding="utf-8")
    return str(copy / "short.yaml")


def cases(options: argparse.Namespace, folder: Path) -> list[tuple[str, list[str], int]]:
    """Name, words of the command line, and bytes of disk to have."""
    scenario, runs, points = options.scenario, options.runs, options.points
    case = load_scenario(scenario)
    numbers = case.numbers.values()
    if options.turns:
        scenario = shortened(case, options.turns, folder)
    ranges = sum(number.range is not None for number in numbers)
    found = []
    if runs:
        words = [scenario, "--runs", str(runs)]
        found.append((f"{runs:,} replications", words, runs * BYTES_PER_RUN))
    if points:
        words = [scenario, "--design", options.design, "--points", str(points), "--runs", "1"]
        need = points * (BYTES_PER_RUN + ranges * BYTES_PER_VARIED)
        found.append((f"{points:,} points over {ranges} numbers", words, need))
    return found


def show(console: Console, rows: list[dict[str, Any]]) -> None:
    """Print what was measured."""
    table = Table(title="Core-seconds of a sweep from the command line")
    for heading in ("", *(row["name"] for row in rows)):
        table.add_column(heading, justify="right" if heading else "left")
    for part in ("simulation", *PARTS, "figures"):
        table.add_row(part, *(f"{row['spent'][part]:,.1f}" for row in rows))
    table.add_section()
    table.add_row("the rest, figures apart, over simulation", *(f"{r['share']:.1%}" for r in rows))
    table.add_row("peak memory, MiB", *(f"{row['peak_mib']:,.0f}" for row in rows))
    table.add_row("written, MiB", *(f"{row['written_mib']:,.0f}" for row in rows))
    table.add_row("wall time, s", *(f"{row['wall_seconds']:,.0f}" for row in rows))
    console.print(table)
    for row in rows:
        if "cost" in row:
            console.print(f"{row['name']}: the rest at most the simulation: {row['cost']}")
        if "memory" in row:
            console.print(f"{row['name']}: under {MEMORY_BAR / 1024} GiB: {row['memory']}")


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", default="minsk")
    parser.add_argument("--runs", type=int, default=1_000_000, help="0 for none")
    parser.add_argument("--points", type=int, default=1_000_000, help="0 for no design")
    parser.add_argument("--design", default="sobol", help="sobol or lhs")
    parser.add_argument("--turns", type=int, default=0, help="end runs early, for memory only")
    parser.add_argument("--folder", type=Path, help="where to write for the time being")
    return parser.parse_args()


def measured(options: argparse.Namespace, console: Console) -> list[dict[str, Any]]:
    """Every sweep that was asked for, one after the other, each removed again."""
    rows = []
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        for name, words, need in cases(options, Path(place)):
            if shutil.disk_usage(place).free < 2 * need:
                raise SystemExit(f"{name}: have {2 * need / 2**30:.1f} GiB free in {place}.")
            console.log(f"sweeping {name}")
            with tempfile.TemporaryDirectory(dir=place) as folder:
                row = time_sweep(name, words, Path(folder))
            if not options.turns:
                row["cost"] = "pass" if row["share"] <= SHARE_BAR else "fail"
            if name.endswith("replications"):
                row["memory"] = "pass" if row["peak_mib"] < MEMORY_BAR else "fail"
            rows.append(row)
    return rows


def main() -> None:
    """Measure, print and write."""
    options, console = arguments(), Console()
    rows = measured(options, console)
    show(console, rows)
    OUT.mkdir(exist_ok=True)
    path = OUT / f"output_{max(options.runs, options.points)}.json"
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
