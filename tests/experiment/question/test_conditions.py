"""Conditions: a tiny grammar, and never code."""

from __future__ import annotations

import contextlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.experiment import parse_where, select

RUNS = pd.DataFrame(
    {
        "status": [0, 0, 0, 1],
        "agreements": [1.0, 3.0, float("nan"), 5.0],
        "levers.toll.initial": [10.0, 20.0, 30.0, 40.0],
    }
)


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ((), [0, 1, 2]),
        (("agreements>1",), [1]),
        (("agreements >= 1",), [0, 1]),
        (("agreements != 1",), [1]),
        (("agreements==3",), [1]),
        (("levers.toll.initial<=2e1",), [0, 1]),
        (("levers.toll.initial<20", "agreements<3"), [0]),
    ],
)
def test_finished_runs_that_meet_every_condition_are_kept(where, rows) -> None:
    assert list(select(RUNS, where).index) == rows


@pytest.mark.parametrize(
    "text",
    [
        "",
        "agreements",
        "agreements=3",
        "agreements>>3",
        "agreements>3;x",
        "a>b",
        "3<a",
        "a>1e9999",
        "__import__('os').system('true')>0",
        "a>3 or 1",
        "a>nan",
        "a>0x10",
        "a>1_000",
        "a>٣",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not understood"):
        parse_where(text)


@given(st.text(max_size=60))
def test_no_text_does_worse_than_a_usage_error(text: str) -> None:
    with contextlib.suppress(UsageError):
        parse_where(text)


def test_a_condition_reads_back_as_itself() -> None:
    for text in ("a>3", "a.b<=-0.1", "x!=1e-300"):
        condition = parse_where(text)
        assert parse_where(str(condition)) == condition


def test_an_unknown_name_is_refused_before_anything_runs(toy_sweep) -> None:
    with pytest.raises(UsageError, match="Did you mean agreements"):
        toy_sweep(where=["agrements>3"])


def test_conditions_select_what_is_summarised(toy_sweep) -> None:
    middle = toy_sweep().runs["agreements"].median()
    result = toy_sweep(where=[f"agreements > {middle}"])
    assert 0 < len(result.selected) < len(result.runs) == 200
    assert (result.selected["agreements"] > middle).all()
