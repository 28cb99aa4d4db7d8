"""What children are told about where compiled code lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minsksim import _cache
from minsksim.experiment.running.children import environment_of_children


def test_children_use_the_fresh_folder_of_their_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSKSIM_CACHE", "elsewhere")
    assert environment_of_children()["MINSKSIM_CACHE"] == "elsewhere"
    monkeypatch.setattr(_cache, "_FRESH", {tmp_path: os.getpid()})
    assert environment_of_children()["MINSKSIM_CACHE"] == str(tmp_path)
