"""Write the digests of traced runs again. Run it on purpose only, with a CHANGELOG line.

``make golden`` calls it, or

PYTHONPATH=tests python -m golden.bits
"""

import hashlib
import json
from dataclasses import fields, is_dataclass

import numpy as np
from golden.write import FOLDER, FROZEN, frozen_file, references

from minsksim import compile_scenario, load_scenario, simulate
from minsksim.engine.batch import Block

FILE = FOLDER / "bits.json"
REPLICATIONS = (0, 1, 2**40)
SEED = 15
PARTS = ("measures", "series", "public", "utilities", "agreements", "meetings")
"""What a digest is kept of: apart from each other, so that a difference says where it lies."""


def scenarios() -> list[str]:
    """Return every scenario whose runs are kept as digests, shipped and frozen."""
    return [*references(), *FROZEN]


def digests(reference: str) -> dict[str, str]:
    """Return the digest of each part of a few runs that were kept turn by turn."""
    place = frozen_file(reference) if reference in FROZEN else reference
    compiled = compile_scenario(load_scenario(place))
    point, rows = compiled.numbers[None, :], np.zeros(len(REPLICATIONS), np.int64)
    block = simulate(compiled, point, rows, np.array(REPLICATIONS), SEED, is_traced=True)
    return {part: _digest(block, part) for part in PARTS}


def _digest(block: Block, part: str) -> str:
    """Return the first half of the digest of one part: its shape, its kind and its bytes."""
    found = hashlib.sha256()
    value = getattr(block, part)
    arrays = [value] if not is_dataclass(value) else [getattr(value, f.name) for f in fields(value)]
    for array in arrays:
        found.update(f"{array.shape} {array.dtype.kind}{array.dtype.itemsize}".encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()[:32]


def main() -> None:
    """Write the digests of all scenarios."""
    table = {name: digests(name) for name in scenarios()}
    FILE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
