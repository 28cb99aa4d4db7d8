from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.result import Result
from minsksim.experiment.running.executor import Threads
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.sweep import answer
from minsksim.scenario import Scenario, load_scenario

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "storage")]

from toy_kernel import ToyKernel  # noqa: E402
from zygote import Zygote  # noqa: E402

PAIR = HERE.parent / "data" / "pair" / "base.yaml"
FREE = HERE.parent / "data" / "pair" / "variants" / "free_transit.yaml"


@pytest.fixture(scope="session")
def pair() -> Scenario:
    return load_scenario(PAIR)


@pytest.fixture(scope="session")
def free() -> Scenario:
    return load_scenario(FREE)


Sweep = Callable[..., Result]


@pytest.fixture
def toy_sweep(tmp_path: Path, pair: Scenario) -> Sweep:
    """A sweep with the toy engine; every part of the question can be replaced."""

    def run(
        *scenarios: Scenario,
        folder: Path | None = None,
        kernel: Any = None,
        block: int = 50,
        sample: int = 10,
        threads: int = 2,
        notify: Any = None,
        progress: Any = None,
        executor: Any = None,
        store: str | None = None,
        **asked: Any,
    ) -> Result:
        parts: dict[str, Any] = {"runs": 200, "series": 20}
        question = SweepRequest(**(parts | asked)).question(scenarios or (pair,))
        return answer(
            question,
            folder or tmp_path / "results" / question.id,
            kernel=kernel or ToyKernel(),
            layout=Layout(block=block, sample=sample),
            notify=notify,
            progress=progress,
            executor=executor or Threads(threads),
            store=store,
        )

    return run


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    """A process that starts toy sweeps as forks of itself."""
    one = Zygote(tmp_path_factory.mktemp("printed"))
    yield one
    one.close()


def _heed_interrupts() -> None:
    """Undo what a background shell does to its children: ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def heeding() -> Iterator[None]:
    """Let this process heed Ctrl-C, even when the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start the toy sweep as a process group of its own."""

    def run(
        delay: float = 0.0,
        threads: int = 2,
        runs: int = 2000,
        log: str = "log",
        environment: dict[str, str] | None = None,
        results: str = "results",
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [
                sys.executable,
                str(HERE / "toy_kernel.py"),
                str(PAIR),
                str(tmp_path / results),
                str(delay),
                str(tmp_path / log),
                str(threads),
                str(runs),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_heed_interrupts if os.name == "posix" else None,
            env=environment,
        )

    return run
