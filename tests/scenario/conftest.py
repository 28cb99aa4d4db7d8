"""The fictional pair, copied to a folder where a test may spoil it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def home(pair: Path, tmp_path: Path) -> Path:
    """Return a copy of the pair's folder."""
    return Path(shutil.copytree(pair.parent, tmp_path / "pair"))


@pytest.fixture
def edit(home: Path) -> Callable[..., Path]:
    """Return a function that replaces one text in the base file and returns its path."""

    def replace(old: str, new: str) -> Path:
        path = home / "base.yaml"
        text = path.read_text()
        assert text.count(old) == 1, f"{text.count(old)} times in the example: {old}"
        path.write_text(text.replace(old, new))
        return path

    return replace
