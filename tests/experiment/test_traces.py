"""``series`` and ``agreements``: which runs are kept turn by turn, and readable as they are."""

from __future__ import annotations

import pytest
from toy_kernel import ToyKernel

from minsksim.experiment import Vary, replay_all

duckdb = pytest.importorskip("duckdb")
polars = pytest.importorskip("polars")

TOLL = Vary("levers.toll.initial", 150, 250, 3)


def keys(result, kind: str) -> set[tuple[int, int]]:
    table = result.table(kind)
    return set(zip(table["point"].tolist(), table["replication"].tolist(), strict=True))


@pytest.mark.parametrize(
    ("series", "agreements", "expected"),
    [
        (3, "series", ({(p, 0) for p in range(3)}, {(p, 0) for p in range(3)})),
        (0, 4, (set(), {(0, 0), (1, 0), (2, 0), (0, 1)})),
        (2, None, ({(0, 0), (2, 0)}, {(p, r) for p in range(3) for r in range(7)})),
        (None, 0, ({(p, r) for p in range(3) for r in range(7)}, set())),
        (99, 0, ({(p, r) for p in range(3) for r in range(7)}, set())),
    ],
)
def test_the_runs_that_were_asked_for_are_kept(toy_sweep, series, agreements, expected) -> None:
    result = toy_sweep(vary=[TOLL], runs=7, series=series, agreements=agreements, sample=4)
    assert (keys(result, "series"), keys(result, "agreements")) == expected
    result.verify()
    assert replay_all(result.path, kernel=ToyKernel()).is_same


def test_how_blocks_are_cut_changes_no_digest(toy_sweep, tmp_path) -> None:
    digests = {
        toy_sweep(
            folder=tmp_path / str(size),
            vary=[TOLL],
            runs=7,
            series=None,
            agreements=5,
            sample=size,
            until=["agreements=1e-9"],
            most=14,
        ).digest
        for size in (1, 4, 64)
    }
    assert len(digests) == 1


def test_every_run_in_rounds_is_kept_in_order(toy_sweep) -> None:
    result = toy_sweep(
        vary=[TOLL], runs=7, series=None, until=["agreements=1e-9"], most=14, sample=4
    )
    table = result.table("series")
    order = table[["point", "replication", "turn"]]
    assert order.equals(order.sort_values(["point", "replication", "turn"]))
    assert len(order.drop_duplicates()) == len(order) == 3 * 14 * (table["turn"].max() + 1)


def test_other_tools_read_the_tables_as_they_are(toy_sweep) -> None:
    result = toy_sweep(vary=[TOLL], runs=50, kernel=ToyKernel(has_failures=True))
    path = result.path.as_posix()
    frame = result.runs
    name = result.measures[0]
    expected = frame.groupby("point")[name].mean().tolist()

    query = f"select point, avg(\"{name}\") from '{path}/runs.parquet' group by 1 order by 1"
    assert [row[1] for row in duckdb.sql(query).fetchall()] == pytest.approx(expected)
    shards = f"select count(*), count(\"{name}\") from '{path}/shards/runs-*.parquet'"
    assert duckdb.sql(shards).fetchall() == [(150, 147)]

    lazy = polars.scan_parquet(f"{path}/runs.parquet")
    found = lazy.group_by("point").agg(polars.col(name).mean()).sort("point").collect()
    assert found[name].to_list() == pytest.approx(expected)
    agreements = polars.read_parquet(f"{path}/agreements.parquet")
    assert agreements["channel"].dtype == polars.String
    assert agreements["date"].dtype == polars.Date
    joined = lazy.join(
        agreements.lazy(), on=["scenario", "point", "replication"], how="inner"
    ).collect()
    assert len(joined) == len(agreements)
