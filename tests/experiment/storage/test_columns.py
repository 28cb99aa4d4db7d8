"""Some columns of a result at a time: the same numbers as all of them at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from toy_kernel import ToyKernel

from minsksim import plots
from minsksim.analysis.summary import summarise
from minsksim.errors import ResultDamaged
from minsksim.experiment import load_result
from minsksim.plots.material import material


def whole(result, scenario: str) -> pd.DataFrame:
    return result.selected[result.selected["scenario"] == scenario]


@pytest.mark.parametrize("where", [(), ("agreements>2",)])
def test_columns_are_those_of_the_whole_table(toy_sweep, pair, free, where) -> None:
    result = toy_sweep(
        pair,
        free,
        design="lhs",
        points=3,
        runs=40,
        where=where,
        kernel=ToyKernel(has_failures=True),
    )
    again = load_result(result.path)
    for name in result.scenarios:
        for asked in (["point"], [result.measures[-1], "replication", result.varied[1]]):
            found = again.finished(name, asked).reset_index(drop=True)
            assert_frame_equal(found, whole(result, name)[asked].reset_index(drop=True))
        everybody = result.runs[result.runs["scenario"] == name]
        found = again.columns(name, ["status", "point"]).reset_index(drop=True)
        assert_frame_equal(found, everybody[["status", "point"]].reset_index(drop=True))
    assert "runs" not in again.__dict__, "the whole table was read"
    assert again.measures == tuple(result.runs.columns[4 + len(result.varied) :])


def test_a_summary_does_not_read_the_whole_table(toy_sweep) -> None:
    result = toy_sweep(design="lhs", points=10, runs=20)
    one, other = load_result(result.path), load_result(result.path)
    assert len(other.runs) == 200
    assert_frame_equal(summarise(one), summarise(other))
    assert "runs" not in one.__dict__


def test_columns_of_a_changed_file_are_refused(toy_sweep) -> None:
    result = toy_sweep()
    path = Path(result.path) / "runs.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ResultDamaged, match="changed since it was written"):
        load_result(result.path).finished(next(iter(result.scenarios)), ["point"])
    path.unlink()
    with pytest.raises(ResultDamaged, match="missing"):
        load_result(result.path).finished(next(iter(result.scenarios)), ["point"])


def test_figures_are_the_same_from_columns_and_from_the_whole_table(toy_sweep, pair, free) -> None:
    result = toy_sweep(pair, free, design="lhs", points=4, runs=10, where=("agreements>0",))
    lazy = material(load_result(result.path))
    held = replace(lazy, runs=result.selected)
    assert lazy.counts == held.counts
    assert lazy.measures == held.measures
    for draw in (plots.measures, plots.differences, plots.parameters):
        assert plots.png(draw(lazy)) == plots.png(draw(held))
