"""Reads odd scenario files in a process with little memory and little time for each.

``python fuzz.py KIND SEED COUNT FOLDER`` prints what became of them; anything but a
``ScenarioError``, or a limit that was hit, ends it with a traceback or a signal.
"""

# ruff: noqa: T201 (it reports on stdout)

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

PLACED = re.compile(r".*odd\.yaml:\d+:\d+ ")
NAMED = re.compile(r".*odd\.yaml:\d+:\d+ [^:]*[^: ].*?: ")
BEFORE_FIELDS = re.compile(r"is not YAML|invisible character|not a mapping of|is empty")
"""What is said before there is a tree, so that no field can be named."""


PARTS = ("stocks", "influence", "channels")
"""What a scenario can be without; files are read faster so."""


def limit_memory() -> None:
    """Allow 512 MiB of address space."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))


def limit_time() -> None:
    """Allow this process two more seconds of its processor; after that the system ends it."""
    with suppress(ImportError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 3, hard))


def peak() -> int:
    """Return the most memory this process held, in MiB."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def texts(kind: str, seed: int, count: int) -> Iterator[str]:
    """Yield odd files: an example mutated letter by letter, or one of its nodes drawn anew."""
    import grammar
    from test_mutations import BASE, SMALL, mutate

    luck = random.Random(f"{kind} {seed}")
    small = grammar.plain_of(SMALL)
    tiny = {key: value for key, value in small.items() if key not in PARTS}
    tiny["levers"] = {"x": small["levers"]["x"]}
    tiny["interests"] = {"k": {"label": "K", "terms": {"x": small["interests"]["k"]["terms"]["x"]}}}
    short = grammar.spelled(tiny, random.Random(0))
    examples = [short] * 15 + [SMALL] * 4 + [BASE.read_text(encoding="utf-8")]
    for turn in range(count):
        if kind == "mutated":
            yield mutate(examples[turn % 20], luck)
        else:
            plain = small if turn % 8 == 0 else tiny
            yield grammar.wholly_new(luck) if turn % 10 == 1 else grammar.written_anew(plain, luck)


def tell(
    kind: str, seed: int, count: int, folder: Path, read: Callable[[Path], object]
) -> dict[str, float]:
    """Read files and count what was said of them."""
    from minsksim.errors import ScenarioError
    from minsksim.scenario import dump

    told = dict.fromkeys(("files", "accepted", "refused", "placed", "fielded", "named"), 0)
    slowest = 0.0
    path, again = folder / "odd.yaml", folder / "again.yaml"
    for text in texts(kind, seed, count):
        path.write_text(text, encoding="utf-8", newline="")
        limit_time()
        told["files"] += 1
        began = time.process_time()
        try:
            scenario = read(path)
        except ScenarioError as error:
            told["refused"] += error.exit_code == 3
            told["placed"] += bool(PLACED.match(str(error)))
            if not BEFORE_FIELDS.search(str(error)):
                told["fielded"] += 1
                told["named"] += bool(NAMED.match(str(error)))
        except BaseException:
            print(text, file=sys.stderr)
            raise
        else:
            told["accepted"] += 1
            again.write_text(dump(scenario.document), encoding="utf-8")
            assert read(again).document == scenario.document, text
        slowest = max(slowest, time.process_time() - began)
    return {**told, "slowest_s": slowest, "peak_mb": peak()}


def main() -> None:
    """Read odd files of one kind."""
    from minsksim.scenario import load_scenario

    kind, seed, count, folder = sys.argv[1:]
    limit_memory()
    print(json.dumps(tell(kind, int(seed), int(count), Path(folder), load_scenario)))


if __name__ == "__main__":
    main()
