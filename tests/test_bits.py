"""Runs of every shipped scenario stay the same to the bit, whatever new mechanisms are added.

``make golden`` writes the digests again; that needs a CHANGELOG line that says what moved and why.
"""

import json

import numpy as np
import pytest
from golden import bits

from minsksim._compiled.loading import VARIABLE

STORED = json.loads(bits.FILE.read_text(encoding="utf-8"))
FORMS = [pytest.param("", id="fastest"), pytest.param("0", id="plain", marks=pytest.mark.slow)]


def test_each_scenario_has_its_digests() -> None:
    assert list(STORED) == bits.scenarios(), "run make golden, and say in the changelog why"
    assert all(tuple(parts) == bits.PARTS for parts in STORED.values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reference", bits.scenarios())
def test_no_bit_of_a_traced_run_moved(reference: str, form: str, monkeypatch) -> None:
    # what compiles is compared with plain Python in test_compiled.py: here each is held by itself
    if form:
        monkeypatch.setenv(VARIABLE, form)
    assert bits.digests(reference) == STORED[reference]


def test_a_bit_that_moved_would_be_seen(monkeypatch) -> None:
    """So that the test above can fail, part by part."""
    name, original = "split_the_pie", bits.simulate

    def nudged(*given, **options):
        block = original(*given, **options)
        block.utilities[1, 1, 0] = np.nextafter(block.utilities[1, 1, 0], np.inf)
        return block

    monkeypatch.setattr(bits, "simulate", nudged)
    now = bits.digests(name)
    assert [part for part in bits.PARTS if now[part] != STORED[name][part]] == ["utilities"]
