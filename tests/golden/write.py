"""Write the golden summaries again. Run it on purpose only, with a CHANGELOG line.

python tests/golden/write.py
"""

import hashlib
import json
from pathlib import Path

import numpy as np

from minsksim import compile_scenario, load_scenario, simulate

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
RUNS = 200
QUANTILES = (0.05, 0.5, 0.95)
FROZEN = ("frozen_minsk", "reference")
"""Scenarios under ``benchmarks/`` that nobody edits: if these move, the engine moved them."""


def references() -> list[str]:
    """Return every shipped scenario and variant by name."""
    bases = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/base.yaml"))
    variants = [
        f"{path.parents[1].name}/{path.stem}"
        for path in sorted((ROOT / "scenarios").glob("*/variants/*.yaml"))
    ]
    return bases + variants


def summary(reference: str) -> dict[str, object]:
    """Return what is stored of a scenario: mean and quantiles of each measure, and the bits."""
    compiled = compile_scenario(load_scenario(reference))
    rows = np.zeros(RUNS, dtype=np.int64)
    measures = simulate(compiled, compiled.numbers[None, :], rows, np.arange(RUNS), 0).measures
    table = {
        name: _figures(column) for name, column in zip(compiled.measures, measures.T, strict=True)
    }
    return {"measures": table, "sha256": hashlib.sha256(measures.tobytes()).hexdigest()}


def _figures(column: np.ndarray) -> list[float]:
    """Return mean and quantiles of the runs that have a value: a turn may never be reached."""
    values = column[~np.isnan(column)]
    if not values.size:
        return []
    return [float(f"{one:.10g}") for one in (values.mean(), *np.quantile(values, QUANTILES))]


def frozen_file(name: str) -> str:
    """Return the file of a scenario of the benchmarks."""
    return str(ROOT / "benchmarks" / f"{name}.yaml")


def frozen(name: str) -> dict[str, object]:
    """Return what is stored of a scenario of the benchmarks."""
    return summary(frozen_file(name))


def main() -> None:
    """Write one file for all shipped scenarios, and one for those of the benchmarks."""
    for file, summaries in (
        ("summaries.json", {name: summary(name) for name in references()}),
        ("frozen.json", {name: frozen(name) for name in FROZEN}),
    ):
        text = json.dumps(summaries, indent=1)
        (FOLDER / file).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
