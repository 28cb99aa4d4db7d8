"""How the batch kernel compares with C: ``python benchmarks/against_c.py``.

Builds ``reference.c``, which plays ``reference.yaml`` by the same rules and nothing else, checks
that every measure of every run is the kernel's, and lets both take turns. Bar: the kernel plays at
least as many runs per core-second as the C program. Writes benchmarks/out/against_c.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from contest import Contestant, compete, ratios, spread
from rich.console import Console
from rich.table import Table

from minsksim import load_scenario
from minsksim.engine.arrays import randomness
from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.arrays.fields.levers import lever_sight
from minsksim.engine.arrays.initial_state import load_point, new_values
from minsksim.engine.batch import simulate

HERE = Path(__file__).parent
OUT = HERE / "out"
SCENARIO = HERE / "reference.yaml"
FLAGS = ("-O3", "-march=native", "-ffp-contract=off")
SEED = 7
TOLERANCE = 1e-12
BAR, STEADY = 1.0, 0.15
"""Least share of the C program's throughput, and largest spread of it for a verdict."""
NO_COMPILER = "There is no gcc here, so there is nothing to compare with: install it, or skip this."
INTS = [
    "lever_owner",
    "own_start",
    "own_levers",
    "lever_momentary",
    "lever_reversible",
    "lever_delay",
    "lever_unilateral",
    "lever_whole",
    "lever_curved",
    "term_interest",
    "term_of",
    "term_times",
    "term_shape",
    "direct_start",
    "direct_terms",
    "link_lever",
    "link_quantity",
    "link_sign",
    "inflow_to",
    "inflow_from",
    "inflow_lever",
    "inflow_counter",
    "channel_ends",
    "channel_public",
    "table_start",
    "table_levers",
    "event_turn",
    "effect_event",
    "effect_kind",
    "effect_first",
    "effect_second",
    "effect_how",
    "measure_take",
    "measure_start",
    "measure_kind",
    "measure_index",
]
FLOATS = [
    "actor",
    "salience",
    "attention",
    "regard",
    "lever",
    "stock",
    "inflow",
    "term",
    "channel",
    "hazard",
    "effect",
]


def derived(compiled: Compiled) -> dict[str, np.ndarray]:
    """Return what the C program has as flags and addresses, and our engine as lists."""
    s = compiled.structure
    levers, channels = len(s.lever_owner), len(s.channel_ends)
    # nothing is shared in the frozen scenario, so a pool is one stock
    drawn = [
        levers + s.pool_stocks[s.pool_start[s.lever_pools[first]]] if last > first else -1
        for first, last in pairwise(s.lever_pool_start)
    ]
    driven, secret = np.zeros(len(s.term_of), np.int64), np.zeros(levers, np.int64)
    driven[s.driven_terms], secret[s.secret_levers] = 1, 1
    hashes = np.zeros(levers, np.int64)

    def names(purpose: int, count: int) -> np.ndarray:
        begin = s.draw_start[purpose]
        return s.draw_name[begin : begin + count]

    hashes[s.secret_levers] = names(randomness.LEAK, len(s.secret_levers))
    return {
        "lever_sight": lever_sight(load_scenario(str(SCENARIO)).document, compiled.axes),
        "term_driven": driven,
        "lever_leaks": secret,
        "hash_lever": hashes,
        "hash_actor": names(randomness.ACT, len(compiled.actors)),
        "lever_drawn": np.array(drawn),
        "hash_channel": names(randomness.MEET, channels),
        "hash_party": names(randomness.ACCEPT, 2 * channels),
        "hash_event": names(randomness.EVENT, len(s.event_turn)),
        "hash_inflow": names(randomness.FLOW, len(s.inflow_to)),
    }


def write_data(compiled: Compiled, path: Path) -> None:
    """Write sizes and arrays as text: a name, how many numbers, and the numbers."""
    s = compiled.structure
    values = new_values(s)
    load_point(s, compiled.numbers, values)
    sizes = {
        "turns": s.turns,
        "actors": len(compiled.actors),
        "levers": len(s.lever_owner),
        "stocks": len(s.index_stock),
        "interests": len(compiled.interests),
        "channels": len(s.channel_ends),
        "events": len(s.event_turn),
        "effects": len(s.effect_event),
        "inflows": len(s.inflow_to),
        "terms": len(s.term_of),
        "links": len(s.link_lever),
        "measures": len(compiled.measures),
        "delays": s.max_delay + 1,
        "widest": int(np.max(np.diff(s.direct_start), initial=1)),
    }
    lines = [f"{name} 1 {size}" for name, size in sizes.items()]
    whole = {name: getattr(s, name) for name in INTS} | derived(compiled)
    real = {name: getattr(values, name) for name in FLOATS}
    for name, array in (
        whole | real | {n: getattr(s, n) for n in ("scale", "measure_above")}
    ).items():
        numbers = np.asarray(array).ravel().tolist()
        lines.append(" ".join([name, str(len(numbers)), *map(repr, numbers)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass
class Rival:
    """The C program, built in a folder, with the scenario's numbers beside it."""

    folder: Path
    measures: int
    seconds: float = 0.0

    @classmethod
    def build(cls, compiled: Compiled, folder: Path) -> Rival:
        """Compile it and write its numbers."""
        source = str(HERE / "reference.c")
        program = str(folder / "reference")
        subprocess.run(["gcc", *FLAGS, source, "-o", program, "-lm"], check=True)
        write_data(compiled, folder / "data.txt")
        return cls(folder, len(compiled.measures))

    def play(self, runs: int, seed: int = SEED) -> np.ndarray:
        """Run replications 0 to ``runs`` - 1; ``seconds`` is then what they took of a core."""
        out = self.folder / "measures.bin"
        words = ["data.txt", str(runs), str(seed), out.name]
        done = subprocess.run(
            [str(self.folder / "reference"), *words],
            cwd=self.folder,
            capture_output=True,
            check=True,
        )
        self.seconds = float(done.stdout)
        return np.fromfile(out).reshape(runs, self.measures)


class Outside(Contestant):
    """A contestant that tells its own core-seconds, being a process of its own."""

    rival: Rival

    def timed(self, runs: int) -> float:
        self.play(runs)
        return self.rival.seconds / runs


def kernel_measures(compiled: Compiled, runs: int, seed: int = SEED) -> np.ndarray:
    """Measures of the batch kernel, one row a replication."""
    rows = np.zeros(runs, np.int64)
    return simulate(compiled, compiled.numbers[None], rows, np.arange(runs), seed).measures


def equal_runs(ours: np.ndarray, theirs: np.ndarray) -> int:
    """How many runs are the same in every measure."""
    close = np.abs(ours - theirs) <= TOLERANCE * np.maximum(1.0, np.abs(ours))
    return int(close.all(axis=1).sum())


def verdict(equal: int, compared: int, share: float, reference_spread: float) -> str:
    """Pass, fail, or none where the two differ or the reference was not steady."""
    if equal < compared:
        return f"none: {compared - equal} of {compared} runs differ, so they are not the same model"
    if reference_spread > STEADY:
        return f"none: the reference's spread of {reference_spread:.0%} exceeds {STEADY:.0%}"
    return "pass" if share >= BAR else "fail"


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="at least 5")
    parser.add_argument("--seconds", type=float, default=1.5, help="CPU time of a contestant")
    parser.add_argument("--compare", type=int, default=20_000, help="runs that must be equal")
    return parser.parse_args()


def main() -> None:
    """Build, check, measure, print and write."""
    options, console = arguments(), Console()
    if shutil.which("gcc") is None:
        console.print(NO_COMPILER)
        sys.exit(0)
    compiled = compile_scenario(load_scenario(str(SCENARIO)))
    with tempfile.TemporaryDirectory() as folder:
        rival = Rival.build(compiled, Path(folder))
        count = options.compare
        equal = equal_runs(kernel_measures(compiled, count), rival.play(count))
        console.print(f"Runs equal in every measure, to {TOLERANCE:g}: {equal:,} of {count:,}")
        reference = Outside("C, gcc " + " ".join(FLAGS), lambda runs: rival.play(runs))
        reference.rival = rival
        kernel = Contestant("batch kernel, 1 thread", lambda runs: kernel_measures(compiled, runs))
        compete([reference, kernel], max(5, options.rounds), options.seconds, console.log)
    shares = ratios(kernel, reference)
    share, steady = statistics.median(shares), spread(reference.seconds_per_run)
    table = Table(title="Runs of the reference scenario per core-second")
    for heading in ("contestant", "runs per core-second", "share", "lowest to highest", "IQR"):
        table.add_column(heading, justify="left" if heading == "contestant" else "right")
    for one, values in ((reference, [1.0]), (kernel, shares)):
        table.add_row(
            one.name,
            f"{1.0 / statistics.median(one.seconds_per_run):,.0f}",
            f"{statistics.median(values):.2f}",
            f"{min(values):.2f} to {max(values):.2f}",
            f"{spread(one.seconds_per_run):.0%}",
        )
    console.print(table)
    told = verdict(equal, count, share, steady)
    console.print(f"Kernel at least {BAR:.0%} of C: {told}")
    report = {
        "python": platform.python_version(),
        "compared": count,
        "equal": equal,
        "share": share,
        "lowest": min(shares),
        "highest": max(shares),
        "spread": steady,
        "seconds_per_run": {one.name: one.seconds_per_run for one in (reference, kernel)},
        "verdict": told,
    }
    OUT.mkdir(exist_ok=True)
    (OUT / "against_c.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
