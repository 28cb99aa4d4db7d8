"""Runs of every shipped scenario stay the same to the bit, whatever new mechanisms are added.

``make golden`` writes the digests again; that needs a CHANGELOG line that says what moved and why.
"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from minsksim._compiled.loading import VARIABLE

FOLDER = Path(__file__).parent / "golden"


def _writer() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        spec = importlib.util.spec_from_file_location("golden_bits", FOLDER / "bits.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


WRITER = _writer()
STORED = json.loads(WRITER.FILE.read_text(encoding="utf-8"))
FORMS = [pytest.param("", id="fastest"), pytest.param("0", id="plain", marks=pytest.mark.slow)]


def test_each_scenario_has_its_digests() -> None:
    assert list(STORED) == WRITER.scenarios(), "run make golden, and say in the changelog why"
    assert all(tuple(parts) == WRITER.PARTS for parts in STORED.values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reference", WRITER.scenarios())
def test_no_bit_of_a_traced_run_moved(reference: str, form: str, monkeypatch) -> None:
    # what compiles is compared with plain Python in test_compiled.py: here each is held by itself
    if form:
        monkeypatch.setenv(VARIABLE, form)
    assert WRITER.digests(reference) == STORED[reference]


def test_a_bit_that_moved_would_be_seen(monkeypatch) -> None:
    """So that the test above can fail, part by part."""
    name, original = "split_the_pie", WRITER.simulate

    def nudged(*given, **options):
        block = original(*given, **options)
        block.utilities[1, 1, 0] = np.nextafter(block.utilities[1, 1, 0], np.inf)
        return block

    monkeypatch.setattr(WRITER, "simulate", nudged)
    now = WRITER.digests(name)
    assert [part for part in WRITER.PARTS if now[part] != STORED[name][part]] == ["utilities"]
