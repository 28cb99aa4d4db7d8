"""Mutated and hostile files: only ScenarioError comes out, and nothing is executed."""

import random
import re
import sys
import time
from pathlib import Path

import pytest

from minsksim.errors import ScenarioError
from minsksim.scenario import dump, load_scenario

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


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_raise_nothing_but_scenario_errors(home: Path, seed: int) -> None:
    luck = random.Random(seed)
    path, again = home / "mutant.yaml", home / "again.yaml"
    path.write_text(SMALL)
    load_scenario(path)
    texts = [SMALL] * 19 + [(home / "base.yaml").read_text()]
    placed = refused = 0
    slowest = 0.0  # seconds of this process
    for turn in range(500):
        path.write_text(mutate(texts[turn % 20], luck), encoding="utf-8", newline="")
        began = time.process_time()
        try:
            scenario = load_scenario(path)
        except ScenarioError as error:
            refused += 1
            placed += bool(re.match(r".*mutant\.yaml:\d+:\d+ ", str(error)))
        else:
            again.write_text(dump(scenario.document), encoding="utf-8")
            assert load_scenario(again).document == scenario.document
        slowest = max(slowest, time.process_time() - began)
    assert refused > 250
    assert placed >= 0.95 * refused
    assert slowest < 1


FORBIDDEN = {
    "pickle.find_class",
    "exec",
    "compile",
    "import",
    "marshal.loads",
    "os.system",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "socket.connect",
}


def test_nothing_is_executed_or_unpickled(pair: Path, home: Path) -> None:
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
