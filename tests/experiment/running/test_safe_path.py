"""R15: no child imports from the folder it works in: modules planted there never run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from sizes import size

ROOT = Path(__file__).resolve().parents[3]
SCENARIO = ROOT / "scenarios" / "split_the_pie" / "base.yaml"
SCRIPT = Path(sys.executable).with_name("minsksim")
FOR_PYTHON = {"sitecustomize", "usercustomize"}
NAMES = sorted(sys.stdlib_module_names | set(packages_distributions()) | {"minsksim"} | FOR_PYTHON)
EXECUTORS = ("threads", "processes", "dask")
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="names processes by a module of POSIX"),
    pytest.mark.skipif(not SCRIPT.exists(), reason="starts the console script"),
]

BAIT = """
import posix
with open({log!r}, "a") as file:
    file.write(f"{{posix.getpid()}} {{__name__}}\\n")
"""


class Trap:
    """A folder with a module for every name, each of which tells who ran it."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self._log = folder, log
        folder.mkdir(exist_ok=True)
        for name in NAMES:
            (folder / f"{name}.py").write_text(BAIT.format(log=str(log)))
        shutil.copy(SCENARIO, folder / "pie.yaml")

    def sprung(self, but: int = 0) -> list[str]:
        """Return what ran, except in one process."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        return [line for line in lines if line.split()[0] != str(but)]


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path / "planted", tmp_path / "log")


def environment() -> dict[str, str]:
    """Return our environment without what already keeps the working folder out."""
    dropped = ("PYTHONSAFEPATH", "PYTHONPATH")
    return {name: text for name, text in os.environ.items() if name not in dropped}


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done


def sweep(executor: str, folder: Path, file: str, results: str) -> None:
    """Sweep with the console script, in a folder."""
    if executor == "dask":
        pytest.importorskip("distributed")
    options = ["--executor", executor, "--threads", "1", "--no-figures", "--results", results]
    done = run([str(SCRIPT), "sweep", file, "--runs", "20", *options], folder)
    assert "digest" in done.stdout + done.stderr


def test_the_trap_springs(trap: Trap) -> None:
    command = [sys.executable, "-c", "import pyarrow"]
    subprocess.run(command, cwd=trap.folder, env=environment(), capture_output=True, check=False)
    assert [line for line in trap.sprung() if line.endswith(" pyarrow")]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_r15_what_is_planted_beside_a_scenario_is_not_imported(
    trap: Trap, executor: str, tally
) -> None:
    sweep(executor, trap.folder, "pie.yaml", "results")
    assert trap.sprung() == []
    tally("R15", "modules planted where children work: none imported", cases=len(NAMES))


@pytest.mark.parametrize("executor", size(EXECUTORS[1:2], EXECUTORS))
def test_r15_what_is_planted_in_a_result_is_not_imported(
    tmp_path: Path, executor: str, tally
) -> None:
    """A stranger's results folder is worked in and gone on with."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(SCENARIO, home / "pie.yaml")
    sweep("threads", home, "pie.yaml", "results")
    (result,) = (path.parent for path in home.glob("results/*/*/manifest.json"))
    shutil.rmtree(result / "shards")
    trap = Trap(result, tmp_path / "log")
    sweep(executor, result, str(home / "pie.yaml"), str(home / "results"))
    assert trap.sprung() == []
    tally("R15", "modules planted where children work: none imported", cases=len(NAMES))


PARENT = """
import json, os, sys
from pathlib import Path
from minsksim.experiment import Cluster, Processes, Threads, sweep
from minsksim.scenario import load_scenario
def digest(executor, name):
    pie = load_scenario(Path("pie.yaml"))
    return sweep([pie], runs=20, executor=executor, results=name).digest
# a kernel has imported all it needs before it meets the folder
from distributed import Client, LocalCluster
with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as one, Client(one):
    digests = [digest(Threads(1), "threads")]
sys.path[:0] = ["", os.getcwd()]
os.environ["PYTHONPATH"] = os.pathsep + "."
digests += [digest(Processes(1), "processes"), digest(Cluster(workers=1), "cluster")]
print(json.dumps({"me": os.getpid(), "digests": digests}))
"""


def test_r15_a_parent_does_not_hand_its_path_down(trap: Trap, tally) -> None:
    """A kernel and ``python -c`` import from the folder themselves; their children do not."""
    pytest.importorskip("distributed")
    said = json.loads(run([sys.executable, "-P", "-c", PARENT], trap.folder).stdout)
    assert trap.sprung(but=said["me"]) == []
    assert len(said["digests"]) == 3
    assert len(set(said["digests"])) == 1
    tally("R15", "modules planted where children work: none imported", cases=2 * len(NAMES))


CELL = """
import os, sys
from pathlib import Path
from minsksim.experiment import Processes, sweep
from minsksim.scenario import load_scenario
assert "" not in sys.path and os.getcwd() not in sys.path
assert sweep([load_scenario(Path("pie.yaml"))], runs=20, executor=Processes(1)).digest
"""


def test_r15_a_notebook_does_not_import_from_its_folder(trap: Trap, tally) -> None:
    for name in ("nbclient", "ipykernel"):
        pytest.importorskip(name)
    formats = pytest.importorskip("nbformat").v4
    cells = [formats.new_code_cell(CELL)]
    notebook = formats.new_notebook(cells=cells)
    (trap.folder / "one.ipynb").write_text(formats.writes(notebook), encoding="utf-8")
    execute = ROOT / "notebooks" / "execute.py"
    run([sys.executable, str(execute), "one.ipynb"], trap.folder)
    assert trap.sprung() == []
    tally("R15", "modules planted where children work: none imported", cases=len(NAMES))


PATHS = [
    ("", None),
    (":", None),
    (".:./", None),
    ("a:", "a"),
    ("/x::/y:.", "/x:/y"),
    ("lib/..:/x", "/x"),
]


@pytest.mark.parametrize(("given", "kept"), PATHS)
def test_only_what_means_the_working_folder_is_left_out(monkeypatch, given, kept) -> None:
    from minsksim.experiment.running.children import environment_of_children

    monkeypatch.setenv("PYTHONPATH", given)
    made = environment_of_children()
    assert made.get("PYTHONPATH") == kept
    assert made["PYTHONSAFEPATH"] == "1"
