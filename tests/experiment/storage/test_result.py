"""What a result hands out: complete tables, labelled columns, the notice everywhere."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from toy_kernel import FAILS, ToyKernel

from minsksim.errors import ResultError, UsageError
from minsksim.experiment import load_result
from minsksim.notice import NOTICE

TABLES = ("runs", "series", "contributions", "agreements")


def test_rows_are_sorted_and_complete(toy_sweep, pair, free) -> None:
    runs = toy_sweep(pair, free, design="lhs", points=3, runs=40).runs
    keys = list(zip(runs["scenario"], runs["point"], runs["replication"], strict=True))
    assert keys == [(s.name, p, r) for s in (pair, free) for p in range(3) for r in range(40)]


def test_every_column_has_an_entry_in_the_data_dictionary(toy_sweep, pair, free) -> None:
    result = toy_sweep(pair, free, design="lhs", points=2, runs=10)
    for kind in TABLES:
        entries = result.manifest["columns"][kind]
        assert [entry["name"] for entry in entries] == list(getattr(result, kind).columns)
        assert all(entry["label"] for entry in entries)


def test_every_file_carries_the_notice(toy_sweep) -> None:
    result = toy_sweep()
    for kind in TABLES:
        metadata = pq.read_schema(result.path / f"{kind}.parquet").metadata
        assert metadata[b"minsksim.notice"].decode() == NOTICE
        assert metadata[b"minsksim.id"].decode() == result.id
        assert metadata[b"minsksim.seed"] == b"0"
    for name in ("manifest.json", "digest.json"):
        assert json.loads((result.path / name).read_text())["notice"] == NOTICE
    assert result.series_dataset().attrs["notice"] == NOTICE


def test_nothing_that_identifies_a_machine_or_a_moment_is_digested(toy_sweep) -> None:
    import getpass
    import socket

    result = toy_sweep()
    for path in result.path.rglob("*"):
        if path.is_file() and path.name not in ("lock", "timings.json"):
            data = path.read_bytes()
            assert socket.gethostname().encode() not in data
            assert str(result.path.parent).encode() not in data
            assert f'"{getpass.getuser()}"'.encode() not in data


def test_failed_runs_are_told_apart_and_the_rest_goes_on(toy_sweep) -> None:
    result = toy_sweep(kernel=ToyKernel(has_failures=True))
    assert result.failed == 1
    (failure,) = result.failures.to_dict("records")
    assert (failure["replication"], failure["status"]) == (FAILS, 1)
    assert "finite" in failure["sentence"]
    failed = result.runs[result.runs["status"] != 0]
    assert list(failed["replication"]) == [FAILS]
    assert failed[list(result.measures)].isna().all(axis=None)
    assert len(result.selected) == 199
    assert FAILS not in set(result.series["replication"])
    assert FAILS not in set(result.agreements["replication"])


def test_the_sample_is_turn_by_turn(toy_sweep, pair) -> None:
    result = toy_sweep(series=15)
    turns = pair.document.calendar.turns
    assert len(result.series) == 15 * (turns + 1)
    assert result.series["date"].iloc[0].date() == pair.document.calendar.start
    assert dict(result.series_dataset().sizes) == {
        "scenario": 1,
        "point": 1,
        "replication": 15,
        "turn": turns + 1,
    }
    opened = result.contributions.groupby(["replication", "turn", "actor"])["value"].sum()
    whole = result.series.set_index(["replication", "turn"])["utility.southmark"]
    np.testing.assert_allclose(opened.xs("southmark", level="actor"), whole)


def test_an_agreement_dates_from_the_start_of_its_turn(toy_sweep, pair) -> None:
    agreements = toy_sweep().agreements
    assert (agreements["turn"] == 1).all()
    assert agreements["date"].iloc[0].date() == pair.document.calendar.start


def test_no_sample_is_an_empty_table(toy_sweep) -> None:
    result = toy_sweep(series=0)
    assert result.series.empty
    assert result.contributions.empty
    assert len(result.runs) == 200


def test_scenarios_come_back_whole(toy_sweep, pair, free) -> None:
    result = toy_sweep(pair, free)
    assert list(result.scenarios) == [pair.name, free.name]
    for source in (pair, free):
        stored = result.scenarios[source.name]
        assert stored.document == source.document
        assert stored.digest == source.digest
        assert dict(stored.bibliography) == dict(source.bibliography)
        assert list(stored.numbers) == list(source.numbers)
        assert stored.because == source.because


def test_progress_counts_every_run_once(toy_sweep) -> None:
    seen: list[tuple[int, int]] = []
    toy_sweep(progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 200)
    assert seen[-1] == (200, 200)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_finished_question_is_not_run_again(toy_sweep, tmp_path) -> None:
    toy_sweep()
    log = tmp_path / "log"
    toy_sweep(kernel=ToyKernel(log=log))
    assert not log.exists()


def test_a_folder_without_a_result_says_so(tmp_path) -> None:
    with pytest.raises(ResultError, match="no result here"):
        load_result(tmp_path)


@pytest.mark.parametrize(
    "asked", [{"runs": 0}, {"seed": -1}, {"seed": 2**63}, {"series": -1}, {"runs": 2**31}]
)
def test_requests_that_make_no_sense_are_refused(toy_sweep, asked) -> None:
    with pytest.raises(UsageError):
        toy_sweep(**asked)


def test_one_scenario_twice_is_refused(toy_sweep, pair) -> None:
    with pytest.raises(UsageError, match="given twice"):
        toy_sweep(pair, pair)
