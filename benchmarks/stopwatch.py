"""Run ``minsksim`` as the command line does, and report where its core-seconds went.

``python benchmarks/stopwatch.py REPORT.json sweep minsk --runs 1000`` does what
``minsksim sweep minsk --runs 1000`` does. Stopwatches are put around a few functions; what is not
inside one of them is the start (imports, reading the scenario) and the runner itself.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# what is timed in its own thread, and what in the main thread while others rest
PARTS = {
    "sampling": ("minsksim.experiment.sweep", "build_design", time.process_time),
    "simulation": ("minsksim.engine.batch", "simulate", time.thread_time),
    "blocks": ("minsksim.experiment.running.plan", "encode", time.thread_time),
    "tables": ("minsksim.experiment.running.runner", "finish", time.process_time),
    "figures": ("minsksim.cli.stored_results", "draw", time.process_time),
    "summary": ("minsksim.cli.render.summary_tables", "print_summary", time.process_time),
}
SPENT = dict.fromkeys(PARTS, 0.0)
PEAK = dict.fromkeys(PARTS, 0.0)
"""Most memory that the process had held when a part was last left, MiB."""
_LOCK, _HERE = threading.Lock(), threading.local()


def peak_mib() -> float:
    """Most memory that this process has held so far."""
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def watched(name: str, function: Callable[..., Any], clock: Callable[[], float]) -> Any:
    """The same function with a stopwatch around it."""

    def call(*given: Any, **named: Any) -> Any:
        if getattr(_HERE, "is_watched", False):  # a part of a part, such as the summary's probe
            return function(*given, **named)
        _HERE.is_watched, begin = True, clock()
        try:
            return function(*given, **named)
        finally:
            _HERE.is_watched = False
            with _LOCK:
                SPENT[name] += clock() - begin
                PEAK[name] = peak_mib()

    return call


def main() -> None:
    report, *words = sys.argv[1:]
    for name, (place, attribute, clock) in PARTS.items():
        module = importlib.import_module(place)
        setattr(module, attribute, watched(name, getattr(module, attribute), clock))
    from minsksim.cli import main as command

    try:
        command(words, prog_name="minsksim")
    finally:
        total = time.process_time()
        rest = {"start": total - sum(SPENT.values())}
        found = {"spent": {**SPENT, **rest, "total": total}, "peak_mib": PEAK}
        Path(report).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
