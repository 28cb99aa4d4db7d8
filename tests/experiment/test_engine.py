"""The real engine under the experiment layer: the same bytes, and rows that replay."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsksim.experiment import Vary, replay, replay_all, sweep
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.running.executor import Threads
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.sweep import answer
from minsksim.model import Model


@pytest.fixture(scope="module")
def result(pair, free, tmp_path_factory):
    return sweep(
        [pair, free],
        vary=[Vary("actors.northland.patience", 0.8, 0.95, 2)],
        runs=100,
        series=10,
        results=tmp_path_factory.mktemp("results"),
        threads=2,
    )


def test_blocks_and_threads_change_no_bit(result, pair, free, tmp_path: Path) -> None:
    vary = (Vary("actors.northland.patience", 0.8, 0.95, 2),)
    question = SweepRequest(vary=vary, runs=100, series=10).question([pair, free])
    layout = Layout(block=7, sample=3)
    again = answer(question, tmp_path / question.id, executor=Threads(4), layout=layout)
    assert again.id == result.id
    assert again.digest == result.digest


def test_a_row_is_the_mesa_run_of_the_same_draws(result, free) -> None:
    one = replay(result.path, free.name, point=1, replication=7)
    address = {"seed": one.seed, "replication": one.replication}
    run = Model(one.scenario, **address, point=dict(one.point)).run()
    assert dict(run.measures) == dict(one.measures)


def test_the_sample_is_the_mesa_run_too(result, pair) -> None:
    point = {"actors.northland.patience": 0.8}
    run = Model(pair, seed=0, replication=3, point=point).run()
    ours = (result.scenarios[pair.name].name, 0, 3)
    series = result.series.set_index(["scenario", "point", "replication"]).loc[[ours]]
    assert list(series["date"].dt.date) == [run.dates[0], *run.dates[:-1]]
    for name in run.series.columns:
        assert series[name].tolist() == run.series[name].tolist()
    agreements = result.agreements.set_index(["scenario", "point", "replication"])
    mine = agreements.loc[[ours]] if ours in agreements.index else agreements.iloc[:0]
    assert mine["date"].dt.date.tolist() == [one.date for one in run.agreements]
    assert mine["blocking_worth"].tolist() == [one.blocking_worth for one in run.agreements]
    for row, agreement in zip(mine.to_dict("records"), run.agreements, strict=True):
        for move in agreement.moves:
            if move.after != move.before:
                assert row[f"move.{move.lever}"] == move.after - move.before
        assert row["kept_first"] == agreement.kept[agreement.parties[0]]


def test_the_whole_sweep_replays(result) -> None:
    assert replay_all(result.path).is_same
