"""R23: every notebook runs from a clean kernel without a network, and survives losing its kernel.

Nightly only. ``make notebooks`` runs them in ``make test``.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sizes import size

from minsksim.experiment import load_result

jupyter = pytest.importorskip("jupyter_client")
ROOT = Path(__file__).resolve().parents[2]
PLAIN = sorted((ROOT / "notebooks").glob("*.ipynb"))
LABS = sorted((ROOT / "notebooks" / "labs").glob("*.ipynb"))
NETWORKLESS = 'ip link set lo up && exec "$@"'
pytestmark = [
    pytest.mark.skipif(not size(False, True), reason="part of make chaos"),
    pytest.mark.skipif(
        not (shutil.which("unshare") and shutil.which("ip")),
        reason="takes the network away with unshare",
    ),
]


@pytest.mark.parametrize("notebook", [*PLAIN, *LABS], ids=lambda path: path.stem)
def test_r23_a_clean_kernel_without_a_network_is_enough(notebook: Path, tally) -> None:
    """Its processor time is measured, and not the clock: others may work on this machine."""
    options = ["--filled"] if notebook in LABS else []
    execute = [sys.executable, "notebooks/execute.py", *options, str(notebook)]
    command = ["unshare", "-rn", "sh", "-c", NETWORKLESS, "sh", *execute]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "unshare:" in done.stderr:
        pytest.skip("namespaces are not permitted here")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    seconds = sum(getattr(after, name) - getattr(before, name) for name in ("ru_utime", "ru_stime"))
    assert seconds < 2 * 120  # two minutes of two processors
    tally("R23", "notebooks run without a network", notebooks=1, longest_cpu_s=seconds)


def cells(notebook: Path, folder: Path) -> list[str]:
    """Return a notebook's code, its sweeps kept in a folder that outlives the kernel."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    code = ["".join(one["source"]) for one in content["cells"] if one["cell_type"] == "code"]
    return [text.replace("tempfile.mkdtemp()", repr(str(folder))) for text in code]


SWEEPING = [path for path in PLAIN if "tempfile.mkdtemp()" in path.read_text(encoding="utf-8")]


def digests(folder: Path) -> dict[str, str]:
    """Return the digests of all results below a folder."""
    return {
        path.parent.name: load_result(path.parent).digest
        for path in sorted(folder.glob("*/*/manifest.json"))
    }


def through(code: list[str], kill_in: Path | None = None) -> bool:
    """Run cells in a new kernel; kill it in the midst of its first sweep if asked to."""
    manager, client = jupyter.manager.start_new_kernel(cwd=str(ROOT))
    try:
        if kill_in is None:
            for text in code:
                reply = client.execute_interactive(text, output_hook=lambda message: None)
                assert reply["content"]["status"] == "ok", reply["content"]
            return False
        for text in code:
            client.execute(text)
        while True:
            time.sleep(0.0005)
            journals = list(kill_in.glob("*/*/journal.jsonl"))
            if journals and b'"block"' in journals[0].read_bytes():
                os.kill(manager.provisioner.pid, 9)
                return not (journals[0].parent / "digest.json").exists()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("notebook", SWEEPING, ids=lambda path: path.stem)
def test_r23_a_notebook_survives_the_loss_of_its_kernel(
    notebook: Path, tmp_path: Path, tally
) -> None:
    calm = tmp_path / "calm"
    through(cells(notebook, calm))
    for attempt in range(20):
        folder = tmp_path / f"cut-{attempt}"
        code = cells(notebook, folder)
        if through(code, kill_in=folder):
            through(code)
            assert digests(folder) == digests(calm)
            tally("R23", "kernel killed mid-sweep and started again: same digest", kills=1)
            return
    pytest.fail("every sweep ended before its kernel could be killed")


def test_r23_some_notebook_sweeps() -> None:
    assert SWEEPING
