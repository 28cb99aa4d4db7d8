"""Stored summaries of all shipped and frozen scenarios: results change on purpose only.

``python tests/golden/write.py`` writes them again; a change needs a CHANGELOG line that says
which results moved and why.
"""

import json

import pytest
from golden import write


@pytest.mark.parametrize("reference", write.references())
def test_results_are_those_that_were_stored(reference: str) -> None:
    stored = json.loads((write.FOLDER / "summaries.json").read_text(encoding="utf-8"))
    assert reference in stored, f"no golden summary of {reference}; run tests/golden/write.py"
    now = write.summary(reference)
    assert now["measures"] == stored[reference]["measures"]
    assert now["sha256"] == stored[reference]["sha256"]


@pytest.mark.parametrize("name", write.FROZEN)
def test_frozen_scenarios_give_what_was_stored(name: str) -> None:
    # their files never change, so whatever differs here is the engine's doing
    stored = json.loads((write.FOLDER / "frozen.json").read_text(encoding="utf-8"))
    now = write.frozen(name)
    assert now["measures"] == stored[name]["measures"]
    assert now["sha256"] == stored[name]["sha256"]
