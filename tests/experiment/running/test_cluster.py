"""Dask: several worker processes without a common disk, one killed mid-sweep, the same bytes."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sizes import size
from toy_kernel import toy_perform

from minsksim.errors import UsageError
from minsksim.experiment import Interrupted
from minsksim.experiment.running.cluster import Cluster, check_address

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


def local(workers: int) -> Any:
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs="CRITICAL",
    )


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    with local(2) as cluster:
        yield cluster


@pytest.mark.parametrize("place", ["bytes", "store"])
def test_a_worker_killed_mid_sweep_changes_no_byte(
    toy_sweep, tmp_path: Path, place: str, tally
) -> None:
    for case in range(size(1, 10)):
        # of its own, for it may not recover
        with local(2) as cluster:
            one_is_killed(toy_sweep, tmp_path / str(case), cluster, place, tally)


def one_is_killed(toy_sweep, tmp_path: Path, workers: Any, place: str, tally) -> None:
    runs = 800
    whole = toy_sweep(folder=tmp_path / "whole", runs=runs)
    pytest.importorskip("fsspec")
    store = (tmp_path / "store").as_uri() if place == "store" else None
    killed: list[int] = []

    def progress(done: int, total: int) -> None:
        if not killed and done >= total / 4:
            with distributed.Client(workers.scheduler_address) as client:
                pids = client.run(os.getpid)
            pid = next(iter(pids.values()))
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    executor = Cluster(workers.scheduler_address, store=store, perform=toy_perform)
    begun = time.monotonic()
    result = toy_sweep(
        folder=tmp_path / "cluster", runs=runs, executor=executor, progress=progress, store=store
    )
    assert killed
    assert result.digest == whole.digest
    for name in ("runs", "series", "contributions", "agreements"):
        file = f"{name}.parquet"
        assert (result.path / file).read_bytes() == (whole.path / file).read_bytes()
    tally(
        "R5",
        f"Dask worker SIGKILLed mid-sweep ({place}), digest identical",
        kills=len(killed),
        longest_s=time.monotonic() - begun,
    )


def test_a_cluster_without_workers_is_not_waited_for_forever(toy_sweep, monkeypatch) -> None:
    """All of them died, or none came: what is done is kept."""
    monkeypatch.setattr("minsksim.experiment.running.cluster.WORKERLESS", 1.0)
    with local(0) as cluster, pytest.raises(Interrupted, match="No worker"):
        toy_sweep(executor=Cluster(cluster.scheduler_address, perform=toy_perform))


def test_what_a_store_holds_is_not_done_again(toy_sweep, tmp_path: Path, workers: Any) -> None:
    """Loss of this process, or of the scheduler: the blocks are in the store."""
    pytest.importorskip("fsspec")
    store = (tmp_path / "store").as_uri()
    first = toy_sweep(
        folder=tmp_path / "one",
        store=store,
        executor=Cluster(workers.scheduler_address, store=store, perform=toy_perform),
    )

    def refuse(*arguments: Any) -> None:
        raise AssertionError("done again")

    second = toy_sweep(
        folder=tmp_path / "two",
        store=store,
        executor=Cluster(workers.scheduler_address, store=store, perform=refuse),
    )
    assert second.digest == first.digest


def test_a_client_of_ones_own_is_used_and_left_open(
    toy_sweep, tmp_path: Path, workers: Any
) -> None:
    """As with dask-jobqueue, whose cluster and certificates live in a session."""
    whole = toy_sweep(folder=tmp_path / "whole", runs=100).digest
    with distributed.Client(workers) as client:
        executor = Cluster(client=client, perform=toy_perform)
        result = toy_sweep(folder=tmp_path / "own", runs=100, executor=executor)
        assert result.digest == whole
        assert client.submit(sum, (1, 2)).result() == 3


def when_submitted(monkeypatch, client: Any, act: Callable[[Any, int], None]) -> list[str]:
    """Do something to each task that a client is given; return the names."""
    names: list[str] = []
    submit = client.submit

    def also(*arguments: Any, key: str) -> Any:
        future = submit(*arguments, key=key)
        names.append(key)
        act(future, len(names))
        return future

    monkeypatch.setattr(client, "submit", also)
    return names


def test_blocks_that_come_slowly_are_waited_for(
    toy_sweep, tmp_path: Path, workers: Any, monkeypatch, tally
) -> None:
    """On a busy machine they stand in a queue of Dask's; whoever leaves it takes others along."""
    # workers that have imported everything are done before the queue is
    executor = Cluster(workers.scheduler_address, perform=toy_perform)
    whole = toy_sweep(folder=tmp_path / "whole", executor=executor).digest

    with distributed.Client(workers) as client:
        places = client._gather_semaphore

        async def jam() -> None:
            await asyncio.gather(*(places.acquire() for _ in range(5)))
            await asyncio.sleep(2)
            for _ in range(5):
                places.release()

        def begin(future: Any, count: int) -> None:
            if count == 1:
                asyncio.run_coroutine_threadsafe(jam(), client.loop.asyncio_loop)

        names = when_submitted(monkeypatch, client, begin)
        executor = Cluster(client=client, perform=toy_perform)
        result = toy_sweep(folder=tmp_path / "slow", executor=executor)
    assert result.digest == whole
    # the manifest, four blocks, two of the sample, and none of them twice
    # the manifest, four blocks and two of the sample, none of them twice
    assert len(names) == 7
    tally("R5", "blocks that come slowly from a Dask cluster, waited for", cases=1)


def test_a_block_or_a_manifest_that_is_cancelled_is_done_again(
    toy_sweep, tmp_path: Path, workers: Any, monkeypatch, tally
) -> None:
    runs = size(200, 2000)
    whole = toy_sweep(folder=tmp_path / "whole", runs=runs).digest
    cancelled = []

    def cancel(future: Any, count: int) -> None:
        # the first is the manifest, on which all others wait
        if count == 1 or count % 3 == 0:
            cancelled.append(future.key)
            threading.Timer(0.02 * (count % 5), client.cancel, [[future]]).start()

    with distributed.Client(workers) as client:
        names = when_submitted(monkeypatch, client, cancel)
        executor = Cluster(client=client, perform=toy_perform)
        result = toy_sweep(folder=tmp_path / "again", runs=runs, executor=executor)
        # word of the last may be on its way
        time.sleep(0.2)
    assert result.digest == whole
    assert len(names) == len(set(names))
    assert len(cancelled) > 3
    tally("R5", "blocks cancelled on a Dask cluster, digest identical", cases=len(cancelled))


def test_a_block_that_is_always_cancelled_is_not_tried_forever(
    toy_sweep, workers: Any, monkeypatch
) -> None:
    monkeypatch.setattr("minsksim.experiment.running.cluster._TICK", 0.01)
    with distributed.Client(workers) as client:
        when_submitted(monkeypatch, client, lambda future, _: client.cancel([future]))
        with pytest.raises(Interrupted, match=r"lost \S+ 6 times; what is done is kept"):
            toy_sweep(executor=Cluster(client=client, perform=toy_perform))


def test_what_goes_wrong_in_a_block_is_told_and_not_tried_again(
    toy_sweep, workers: Any, monkeypatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise OSError("no space left")

    with distributed.Client(workers) as client:
        names = when_submitted(monkeypatch, client, lambda future, _: None)
        with pytest.raises(OSError, match="no space left"):
            toy_sweep(executor=Cluster(client=client, perform=fail))
    assert not [name for name in names if name.endswith("-1") and name[:-2] in names]


def test_a_stop_is_heeded_while_workers_are_busy(toy_sweep, tmp_path: Path, workers: Any) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer = threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(Interrupted, match="resumes"):
            toy_sweep(
                runs=100_000, executor=Cluster(workers.scheduler_address, perform=toy_perform)
            )
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    "address",
    ["tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:8786", "tls://far.example.org:1"],
)
def test_loopback_and_tls_are_used(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://10.0.0.7:8786",
        "10.0.0.7:8786",
        "tcp://far.example.org:8786",
        "tcp://localhost.example.org:1",
        "tcp://127.0.0.1.example.org:1",
        "tcp://127.0.0.1@example.org:1",
        "ws://127.0.0.1:8786",
        "tcp://0.0.0.0:8786",
        "",
    ],
)
def test_pickles_from_other_machines_are_refused_without_tls(address: str) -> None:
    with pytest.raises(UsageError, match="over TLS only") as caught:
        check_address(address)
    assert caught.value.exit_code == 2


def test_a_scheduler_that_does_not_answer_is_a_plain_error(toy_sweep, monkeypatch) -> None:
    monkeypatch.setattr("minsksim.experiment.running.cluster.PATIENCE", 1)
    with pytest.raises(UsageError, match="no answer"):
        toy_sweep(executor=Cluster("tcp://127.0.0.1:9", perform=toy_perform))
