"""R16: stores of older versions are read, or refused with exit 8 and the version that is needed.

``tests/data/stores`` holds a folder for each release, and one of the days before the first. To
keep one more: ``python tests/experiment/toy_kernel.py tests/data/pair/base.yaml
tests/data/stores/VERSION 0 /dev/null 2 20``, without its ``lock`` and ``timings.json``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from toy_kernel import ToyKernel

from minsksim.errors import ProvenanceError
from minsksim.experiment import find_damage, load_result, resume
from minsksim.experiment.storage.prune import stored_in

STORES = Path(__file__).parents[2] / "data" / "stores"
KEPT = sorted(path.parent for path in STORES.glob("*/*/*/manifest.json"))
TABLES = ("runs", "series", "contributions", "agreements", "failures", "scenarios", "measures")


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.parts[-3])
def test_r16_an_old_store_is_read_or_refused(kept: Path, tmp_path: Path, tally) -> None:
    folder = tmp_path / "pair" / kept.name
    shutil.copytree(kept, folder)
    (one,) = stored_in(tmp_path)
    assert (one.state, one.scenarios, one.runs) == ("finished", ("pair",), 20)
    refused = []
    try:
        assert find_damage(folder) == ()
        result = load_result(folder)
        assert len(result.runs) == 20
        for name in TABLES:
            getattr(result, name)
    except ProvenanceError as error:
        refused.append(error)
    else:
        digest = result.digest
    try:
        assert resume(folder, kernel=ToyKernel()).digest == digest
    except ProvenanceError as error:
        refused.append(error)
    for error in refused:
        assert error.exit_code == 8
        assert "Use that version" in str(error)
    # neither reading nor refusing changed a byte
    for path in kept.rglob("*"):
        if path.is_file():
            assert (folder / path.relative_to(kept)).read_bytes() == path.read_bytes()
    tally("R16", "stores of older versions: read, or refused with the version needed", stores=1)


def test_r16_a_store_is_kept_of_every_release() -> None:
    """The change log names the releases; one that is under way needs none."""
    log = (Path(__file__).parents[3] / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = [line[3:].split(",") for line in log.splitlines() if line.startswith("## ")]
    headings = [head[0] for head in heads if "unreleased" not in head[-1]]
    assert headings
    assert set(headings) <= {path.parts[-3] for path in KEPT}
