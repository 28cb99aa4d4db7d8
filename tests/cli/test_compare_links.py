"""``minsksim compare`` draws into no place that a link leads to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from minsksim.cli import main

PAIR = str(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")


@pytest.mark.skipif(os.name == "nt", reason="makes links")
def test_a_link_in_the_place_of_comparisons_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "comparisons").symlink_to(elsewhere)
    words = ["compare", PAIR, "free_transit", "--runs", "4", "--results", str(tmp_path / "results")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 5, done.output
    assert "is a link" in done.stderr
    assert list(elsewhere.iterdir()) == []
