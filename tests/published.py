"""Published cases beside the repository; a test that reads one is skipped where they are absent."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases"


def published(name: str) -> Path:
    """Return a published file, or skip the test that asks for it."""
    file = FOLDER / name
    if not file.exists():
        pytest.skip(f"../shared/cases/{name} is not on this machine")
    return file


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a published table."""
    with published(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_document(name: str) -> Any:
    """Return a published JSON document."""
    return json.loads(published(name).read_text(encoding="utf-8"))
