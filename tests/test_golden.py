"""Stored summaries of all shipped and frozen scenarios: results change on purpose only.

``python tests/golden/write.py`` writes them again; a change needs a CHANGELOG line that says
which results moved and why.
"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent / "golden"


def _writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_write", FOLDER / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = _writer()


@pytest.mark.parametrize("reference", WRITER.references())
def test_results_are_those_that_were_stored(reference: str) -> None:
    stored = json.loads((FOLDER / "summaries.json").read_text(encoding="utf-8"))
    assert reference in stored, f"no golden summary of {reference}; run tests/golden/write.py"
    now = WRITER.summary(reference)
    assert now["measures"] == stored[reference]["measures"]
    assert now["sha256"] == stored[reference]["sha256"]


@pytest.mark.parametrize("name", WRITER.FROZEN)
def test_frozen_scenarios_give_what_was_stored(name: str) -> None:
    # their files never change, so whatever differs here is the engine's doing
    stored = json.loads((FOLDER / "frozen.json").read_text(encoding="utf-8"))
    now = WRITER.frozen(name)
    assert now["measures"] == stored[name]["measures"]
    assert now["sha256"] == stored[name]["sha256"]
