"""In real kernels: answers outlive one, a clock is shown and taken away, errors are one line."""

import json

import pytest

from minsksim.experiment.running.children import environment_of_children

manager = pytest.importorskip("jupyter_client.manager")
pytest.importorskip("ipykernel")

OPEN = 'import minsksim as mk; lab = mk.lab("batna_and_zopa")'


@pytest.fixture
def run(tmp_path):
    """Return a function that runs cells in a new kernel, and returns its messages."""

    def run_cells(*cells):
        told = []
        kernel, client = manager.start_new_kernel(
            cwd=str(tmp_path),
            env=environment_of_children(),
            extra_arguments=["--InteractiveShellApp.ignore_cwd=True"],
        )
        try:
            for cell in cells:
                reply = client.execute_interactive(cell, output_hook=told.append, timeout=120)
                assert reply["content"]["status"] == "ok", reply["content"]
        finally:
            client.stop_channels()
            kernel.shutdown_kernel(now=True)
        return told

    return run_cells


def text_of(told):
    parts = [one["content"]["text"] for one in told if one["msg_type"] == "stream"]
    return " ".join("".join(parts).split())


def test_a_restart_of_the_kernel_loses_nothing(run, tmp_path):
    first = run(
        OPEN,
        'lab.predict("least_relief", "50 %")',
        'lab.predict("zone_vanishes", "0,12")',
        'lab.predict("zone_vanishes", "nonsense")',
    )
    assert "'anything better than nothing will do'" in text_of(first)
    assert "'nonsense' is not that" in text_of(first)
    assert "Traceback" not in text_of(first)
    kept = json.loads((tmp_path / "batna_and_zopa.answers.json").read_text(encoding="utf-8"))
    assert kept["guesses"] == {"least_relief": [0.5], "zone_vanishes": [0.12]}
    second = run(OPEN, 'lab.predict("least_relief", "...")', "lab.start()")
    assert "2 of 3 guesses, 0 of 6 right" in text_of(second)
    assert "least_relief: kept from before, 0.5 of the relief" in text_of(second)
    assert "type your guess for signed first" in text_of(second)


def test_a_clock_runs_under_a_long_cell_and_is_taken_away(run):
    told = run(
        "import time\nfrom minsksim._compiled.clock import notebook_clock",
        "with notebook_clock('playing', after=0.5):\n    time.sleep(2.8)",
        "with notebook_clock('quick', after=5.0):\n    pass",
    )
    shown = [
        one["content"]["data"]["text/html"]
        for one in told
        if one["msg_type"] in ("display_data", "update_display_data")
    ]
    assert shown[0].startswith("<em>playing (")
    assert any("(2 s)" in line or "(1 s)" in line for line in shown)
    assert shown[-1] == ""
    assert not any("quick" in line for line in shown)
