"""The plain Mesa model of the benchmark plays the same game: its measures are the kernel's."""

from pathlib import Path

import pytest

from minsksim import load_scenario

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
REPLICATIONS = 24


def test_plain_model_gives_the_same_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from plain_check import FROZEN, unequal  # type: ignore[import-not-found]

    differing = unequal(load_scenario(FROZEN), 7, range(REPLICATIONS))
    # the last digits of exp differ between the two and may flip a draw, very rarely
    assert len(differing) <= REPLICATIONS // 8, differing
