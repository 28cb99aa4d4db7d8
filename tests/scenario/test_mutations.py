"""Mutated and hostile files: only ScenarioError comes out, and nothing is executed."""

import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from forbidden import FORBIDDEN
from sizes import size

from minsksim.errors import ScenarioError
from minsksim.scenario import load_scenario

BASE = Path(__file__).parents[1] / "data" / "pair" / "base.yaml"

PIECES = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "-",
    "#",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    '"',
    "%",
    "@",
    "`",
    "\t",
    "\n",
    "  ",
    "0",
    "9",
    "1e9",
    "-1",
    ".nan",
    "null",
    "true",
    "~",
    "é",
    "\u202e",
    "\0",
    "levers.toll",
    "value",
    "source",
    "? ",
    "---\n",
    "<<: ",
    "northland",
    "A1",
)


def mutate(text: str, luck: random.Random) -> str:
    """Return the text after one to four random edits."""
    for _ in range(luck.randint(1, 4)):
        start = luck.randrange(len(text))
        kind = luck.randrange(5)
        if kind == 0:
            text = text[:start] + luck.choice(PIECES) + text[start:]
        elif kind == 1:
            text = text[:start] + text[start + luck.randint(1, 30) :]
        elif kind == 2:
            text = text[:start] + luck.choice(PIECES) + text[start + 1 :]
        else:
            lines = text.split("\n")
            line = luck.randrange(len(lines))
            if kind == 3:
                del lines[line]
            else:
                lines.insert(luck.randrange(len(lines)), lines[line])
            text = "\n".join(lines)
    return text


SMALL = """format: 1
title: Small
question: Does it load?
summary: The least that loads.
calendar: {start: 2026-01-01, step: week, turns: 3}
actors:
  a: &
  b: &
levers:
  x: {label: X, owner: a, unit: share, bounds: [0, 1], initial: N,
     step: {up: N, down: N}, cost: {up: N, down: N}}
  w: {label: W, owner: b, unit: share, bounds: [0, 1], initial: N,
     step: {up: N, down: N}, cost: {up: N, down: N}}
stocks:
  s: {label: S, unit: carts, reference: [0, 9], initial: N, inflows: {f: {by: x}}}
interests:
  k: {label: K, terms: {x: {of: levers.x, effect: N},
      s: {of: stocks.s, effect: N, shape: concave, rho: N}}}
influence:
  e: {from: a, to: b, weight: N, regard: N}
channels:
  c:
    label: C
    between: [a, b]
    quality: N
    decay: N
    build: N
    forgetting: N
    trust: {a: {kept: N, broken: N}, b: {kept: N, broken: N}}
    table: [x, w]
measures:
  m: {label: M, unit: share, of: [levers.x], take: final}
sources:
  D: {kind: definition, note: Invented.}
"""
SMALL = SMALL.replace(
    "&",
    "{label: A, patience: N, rationality: N, susceptibility: N, "
    "audience_cost: N, reservation: N, salience: {k: N}}",
)
SMALL = re.sub(r"\bN\b", "{value: 0.5, source: D}", SMALL)


FUZZ = Path(__file__).with_name("fuzz.py")
FILES = size(250, 2500)


@pytest.mark.parametrize("seed", range(size(4, 40)))
@pytest.mark.parametrize("kind", ["mutated", "grammar"])
def test_r11_odd_files_raise_nothing_but_scenario_errors(
    home: Path, kind: str, seed: int, tally: Callable[..., None]
) -> None:
    """In a process with 512 MiB of memory and two seconds of processor time for each file."""
    (home / "whole.yaml").write_text(SMALL)
    load_scenario(home / "whole.yaml")
    command = [sys.executable, str(FUZZ), kind, str(seed), str(FILES), str(home)]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        # what the machine's own hiccups take counts as time, too; a slow file is slow twice
        if os.name == "nt" or done.returncode != -signal.SIGXCPU:
            break
    assert done.returncode == 0, done.stderr[-5000:]
    told = json.loads(done.stdout)
    assert told["files"] == told["refused"] + told["accepted"] == FILES
    assert told["refused"] > 0.4 * FILES
    if kind == "grammar":  # a change of one letter seldom leaves a file whole
        assert told["accepted"] > 0.1 * FILES
    assert told["placed"] >= 0.95 * told["refused"]
    assert told["named"] >= 0.95 * told["fielded"]
    assert told["slowest_s"] < 1
    assert told["peak_mb"] <= 200
    tally(
        "R11",
        f"{kind} scenario files: refused with a place and a field, or read back the same",
        files=FILES,
        accepted=told["accepted"],
        slowest_s=told["slowest_s"],
        peak_mb=told["peak_mb"],
    )


def test_r15_nothing_is_executed_or_unpickled(
    pair: Path, home: Path, tally: Callable[..., None]
) -> None:
    load_scenario(pair)  # what is imported lazily is imported by now
    hostile = home / "hostile.yaml"
    hostile.write_text("format: 2\n")
    with pytest.raises(ScenarioError):
        load_scenario(hostile)
    seen: list[str] = []
    active = True

    def hook(event: str, _: tuple[object, ...]) -> None:
        if active and event in FORBIDDEN:
            seen.append(event)

    sys.addaudithook(hook)
    payloads = [
        "!!python/object/apply:os.system [id]",
        "__import__('os').system('id')",
        "{value: '9**9**9', source: A1}",
        "!!python/name:os.system",
    ]
    for payload in payloads:
        hostile.write_text(
            pair.read_text().replace("{value: 200, range: [150, 250], source: S1}", payload)
        )
        with pytest.raises(ScenarioError):
            load_scenario(hostile)
    load_scenario(home / "variants/free_transit.yaml")
    active = False
    assert not seen
    tally("R15", "hostile scenario files: nothing unpickled or run", cases=len(payloads))
