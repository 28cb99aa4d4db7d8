"""The benchmark of everything plays every mechanism of the format, at the flagship's size."""

from pathlib import Path

import numpy as np
import pytest
from used_keys import all_keys, used_keys

from minsksim import Scenario, compile_scenario, load_scenario, simulate

EVERYTHING = Path(__file__).resolve().parents[1] / "benchmarks/everything.yaml"


@pytest.fixture(scope="module")
def case() -> Scenario:
    return load_scenario(EVERYTHING)


def test_every_key_of_the_format_is_used(case: Scenario) -> None:
    assert not all_keys() - used_keys(case.document)


def test_it_has_the_size_of_the_flagship(case: Scenario) -> None:
    document = case.document
    assert document.calendar.turns == 24
    assert len(document.actors) == 8
    assert len(document.levers) >= 25
    assert len(document.channels) >= 10


def test_every_mechanism_is_at_work(case: Scenario) -> None:
    compiled = compile_scenario(case)
    runs = 24
    point, rows = compiled.numbers[None, :], np.zeros(runs, np.int64)
    block = simulate(compiled, point, rows, np.arange(runs), 0, is_traced=True)
    assert (block.status == 0).all()
    assert block.agreements is not None
    assert block.series is not None
    found = dict(zip(compiled.measures, block.measures.T, strict=True))
    for name in ("threats_made", "blocked", "several", "in_parts"):
        assert found[name].max() > 0, name
    assert len(set(found["belief_final"])) > 1
    assert found["in_groups"].min() < 100
    settled = set(block.agreements.channel.tolist())
    missing = [n for c, n in enumerate(case.document.channels) if c not in settled]
    assert len(missing) <= 4, missing
