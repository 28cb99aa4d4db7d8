"""Blocks done on a Dask cluster: workers that share no disk with us or with each other.

A block is a pure function of the manifest's bytes and its own number. Its shards come back as
bytes, or go to a store by URL, from which they are fetched. Dask sends pickles, and whoever can
send us a pickle can run code as us: so only loopback or TLS addresses are used.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from minsksim.errors import ResultDamaged, UsageError
from minsksim.experiment.running.children import DaskWorkers
from minsksim.experiment.running.executor import worker_count
from minsksim.experiment.running.interrupt import Interrupted
from minsksim.experiment.running.kernel import Engine
from minsksim.experiment.running.plan import Plan, Stopped, Task
from minsksim.experiment.running.processes import Processes
from minsksim.experiment.storage.shared_blocks import Depot, holds_the_runs

if TYPE_CHECKING:
    from distributed import Client

_MOST_FLYING = 512
PATIENCE = 20
"""Seconds to wait for a scheduler to answer."""

WORKERLESS = 600.0
"""Seconds without any worker after which a sweep stops; a queue takes a while to give one."""

_LOOK = 1.0
"""Seconds between looks at whether there are workers."""

_TICK = 0.2

_FRUITLESS = 6
"""Losses of a block, while no other is done either, after which a sweep stops."""


class _Lost(Exception):
    """A block was cancelled under us, or lost on its way here."""


def check_address(address: str) -> None:
    """Refuse a scheduler that could send pickles unseen: neither loopback nor TLS.

    Examples
    --------
    >>> check_address("tcp://127.0.0.1:8786")
    >>> check_address("tls://cluster.example.org:8786")
    """
    scheme, _, rest = address.rpartition("://")
    if scheme in ("tls", "inproc"):
        return
    host = urlsplit(f"//{rest}").hostname or ""
    if scheme in ("", "tcp") and _is_loopback(host):
        return
    raise UsageError(
        f"--scheduler {address}: Dask sends pickles, which can run any code here, so other "
        "machines are used over TLS only. Give a tls:// address (and the certificates in Dask's "
        "configuration), or tunnel the port to this machine and give tcp://127.0.0.1:PORT."
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=2)
def _plan(manifest: bytes) -> Plan:
    """Return the plan of a manifest; a worker that does many blocks makes it once."""
    from minsksim.experiment.replay import plan_of

    return plan_of(manifest, Path("manifest.json"), Engine())


def perform_remote(
    manifest: bytes, task: tuple[str, int, int, int], store: str | None
) -> dict[str, bytes] | None:
    """Do a block on a worker; return its shards, or None when they went to the store."""
    plan, block = _plan(manifest), Task(*task)
    shards = plan.perform(block, threading.Event())
    if store is None:
        return shards
    Depot.named(store, plan.question.id, manifest).put(block.key, shards)
    return None


def _carry(data: bytes) -> bytes:
    """Hold the manifest as a task of its own, so that a lost copy is made again."""
    return data


class Cluster:
    """Blocks on Dask.

    Parameters
    ----------
    scheduler : str, optional
        Address of a scheduler; without one, a cluster is started on this machine.
    workers : int, optional
        Worker processes of a cluster that is started here.
    store : str, optional
        URL to which workers write their shards; without one they come back as bytes.
    client : distributed.Client, optional
        A client that is connected already, such as that of a dask-jobqueue cluster; it stays open.
    perform : callable, optional
        What workers do; a test puts its own here.
    """

    def __init__(
        self,
        scheduler: str | None = None,
        workers: int | None = None,
        store: str | None = None,
        client: Client | None = None,
        perform: Callable[..., dict[str, bytes] | None] = perform_remote,
    ) -> None:
        if scheduler is not None:
            check_address(scheduler)
        self._scheduler, self._workers = scheduler, workers
        self._store, self._perform = store, perform
        self._given = client
        self._client: Client | None = None
        self._cluster: Any = None
        self._own: DaskWorkers | None = None
        self._local: Processes | None = None
        self._carried: Any = None
        self._carrying = threading.Lock()
        self._copies = self._done = 0
        self._looked = self._seen = 0.0

    def begin(self, plan: Plan, manifest: bytes) -> int:
        """Connect, or start a cluster on the loopback interface."""
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            raise UsageError(
                "--executor dask needs Dask: pip install '.[distributed]' in minsksim's folder."
            ) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        # one cluster may do one sweep after another: what was carried there is of the last one
        self._manifest, self._carried, self._local = manifest, None, None
        self._name = f"minsksim-{hashlib.sha256(manifest).hexdigest()[:16]}"
        count = 0
        if self._scheduler is None and self._given is None:
            plan.warm()
            count = worker_count(self._workers)
            self._cluster = LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None)
            self._own = DaskWorkers(self._cluster.scheduler_address, count)
        if self._given is not None:
            check_address(self._given.scheduler.address)
        try:
            self._client = self._given or Client(self._cluster or self._scheduler, timeout=PATIENCE)
        except (OSError, TimeoutError) as error:
            raise UsageError(f"--scheduler {self._scheduler}: no answer ({error}).") from None
        threads = count or int(sum(self._client.nthreads().values()))
        self._looked = self._seen = time.monotonic()
        return min(max(2 * threads, 2), _MOST_FLYING)

    def perform(self, plan: Plan, task: Task, stop: threading.Event) -> dict[str, bytes]:
        """Have a block done; one that kills its workers is done here, under supervision."""
        from distributed import KilledWorker

        try:
            shards = self._insist(task, stop)
        except KilledWorker:
            return self._at_home(plan).perform(plan, task, stop)
        if shards is None:
            assert self._store is not None
            shards = Depot.named(self._store, plan.question.id, self._manifest).get(plan, task)
        if shards is None or not holds_the_runs(plan, task, shards):
            raise ResultDamaged(f"{task.key}: came back damaged. Run the same sweep again.")
        found: dict[str, bytes] = shards
        return found

    def _insist(self, task: Task, stop: threading.Event) -> Any:
        """Have a block done, and done again whenever it is lost."""
        fruitless = attempt = 0
        while not stop.is_set():
            done = self._done
            try:
                shards = self._wait(self._submit(task, attempt), stop)
            except _Lost:
                self._check_alive()
                fruitless = fruitless + 1 if self._done == done else 0
                attempt += 1
            else:
                self._done += 1
                return shards
            if fruitless >= _FRUITLESS:
                raise Interrupted(
                    f"The cluster lost {task.key} {fruitless} times; what is done is kept, and the "
                    "same command resumes."
                )
            # a scheduler that starts anew takes a while
            stop.wait(_TICK * 2**fruitless)
        raise Stopped

    def _submit(self, task: Task, attempt: int) -> Any:
        """Ask for a block; word of what was cancelled may come late, so each time by a new name."""
        assert self._client is not None
        name = f"{self._name}-{task.key}" + f"-{attempt}" * (attempt > 0)
        try:
            carried = self._manifest_there()
            return self._client.submit(self._perform, carried, tuple(task), self._store, key=name)
        except Exception:
            self._check_alive()
            raise

    def _manifest_there(self) -> Any:
        """Return the manifest as the cluster has it, carried there again if it was lost."""
        assert self._client is not None
        with self._carrying:
            if self._carried is None or self._carried.status in ("cancelled", "error"):
                self._copies += 1
                name = f"{self._name}-{self._copies}"
                self._carried = self._client.submit(_carry, self._manifest, key=name)
            return self._carried

    def _wait(self, future: Any, stop: threading.Event) -> Any:
        """Wait for a block.

        Not by ``result`` with a timeout, which breaks off what fetches the blocks of other threads
        too: they end in an UnboundLocalError, and all later ones as well if it stood in a queue.
        """
        assert self._client is not None
        fetching = self._client.gather(future, asynchronous=True)
        coming = asyncio.run_coroutine_threadsafe(fetching, self._client.loop.asyncio_loop)
        while not wait([coming], _TICK).done:
            if stop.is_set():
                future.release()
                raise Stopped
            self._check_alive()
        try:
            return coming.result()
        except (CancelledError, OSError) as error:
            if future.status == "error":
                # what went wrong in the block itself
                raise
            raise _Lost from error

    def _check_alive(self) -> None:
        if self._client is None or self._client.status in ("closed", "closing"):
            raise Interrupted(
                "The scheduler is gone; what is done is kept, and the same command resumes."
            )
        if self._own is not None and not self._own.is_alive():
            raise Interrupted(
                "Dask's workers are gone; what is done is kept, and the same command resumes."
            )
        now = time.monotonic()
        if now - self._looked > _LOOK:
            self._looked = now
            # what a client raises while it connects anew
            with suppress(OSError, CancelledError, UnboundLocalError):
                self._seen = now if self._client.nthreads() else self._seen
            if now - self._seen > WORKERLESS:
                raise Interrupted(
                    f"No worker has been there for {WORKERLESS:.0f} seconds; what is done is kept, "
                    "and the same command resumes."
                )

    def _at_home(self, plan: Plan) -> Processes:
        """Return the supervisor of last resort, started when first needed."""
        if self._local is None:
            self._local = Processes(threads=1)
            self._local.begin(plan, self._manifest)
        return self._local

    def end(self) -> None:
        """Let go of the cluster, and end one that was started here."""
        if self._client is not None and self._client is not self._given:
            self._client.close()
        if self._own is not None:
            self._own.end()
        if self._cluster is not None:
            self._cluster.close()
        if self._local is not None:
            self._local.end()
