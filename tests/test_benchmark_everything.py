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
    for name in ("threats_made", "blocked", "outbid", "several", "in_parts", "released_into_exile"):
        assert found[name].max() > 0, name
    assert len(set(found["belief_final"])) > 1
    assert len(set(found["in_groups"])) > 1
    settled = set(block.agreements.channel.tolist())
    missing = [n for c, n in enumerate(case.document.channels) if c not in settled]
    assert len(missing) <= 4, missing


def test_without_the_dear_it_has_all_the_rest(case: Scenario, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(EVERYTHING.parent))
    from everything import without_the_dear  # type: ignore[import-not-found]

    gone = (used_keys(case.document) - used_keys(without_the_dear().document)) & all_keys()
    assert gone == {"Belief.truth", "Channel.ratification", "Document.beliefs"}
