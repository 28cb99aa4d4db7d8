"""Figures are whole under pyplot: what it shows or saves has title, caption and notice."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.image
import numpy as np
import pytest

import minsksim
from minsksim import plots

SHOW = """
import matplotlib.pyplot as plt
plt.plot([0, 1])
plt.show()
from minsksim import plots, run_scenario
run = run_scenario("split_the_pie")
plots.terms(run)
"""


def pixels(png: bytes) -> np.ndarray:
    """Return a picture's greys, rows from the top."""
    picture = matplotlib.image.imread(io.BytesIO(png), format="png")
    return np.asarray(picture[..., :3].mean(axis=2))


def assert_whole(shown: np.ndarray, own: np.ndarray, dpi: float) -> None:
    """Check that a picture is the figure's own with nothing but a blank edge around it."""
    edge = round(0.1 * dpi)
    rows, columns = (np.flatnonzero((own < 0.99).any(axis=axis)) for axis in (1, 0))
    found = [np.flatnonzero((shown < 0.99).any(axis=axis)) for axis in (1, 0)]
    for mine, theirs in zip((rows, columns), found, strict=True):
        assert abs(theirs[0] - mine[0] - edge) <= 2
        assert abs(theirs[-1] - mine[-1] - edge) <= 2
    # every line of the caption has its ink
    inked = (shown < 0.99).any(axis=1)
    assert abs(int(inked.sum()) - int((own < 0.99).any(axis=1).sum())) <= 6


@pytest.mark.parametrize("draw", ["terms", "trajectories", "utility"])
def test_a_figure_saved_tight_is_whole(draw: str) -> None:
    run = minsksim.run_scenario("revolving_door")
    figure = getattr(plots, draw)(run)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=figure.dpi, bbox_inches="tight")
    assert_whole(pixels(buffer.getvalue()), pixels(plots.png(figure)), figure.dpi)


def test_a_figure_is_whole_in_a_kernel_that_has_loaded_pyplot() -> None:
    manager: Any = pytest.importorskip("jupyter_client.manager")
    pytest.importorskip("ipykernel")
    kernel, client = manager.start_new_kernel()
    try:
        package = str(Path(minsksim.__file__).parents[1])
        shown: list[dict[str, str]] = []

        def note(message: dict[str, Any]) -> None:
            assert message["msg_type"] != "error", message["content"]
            if message["msg_type"] == "execute_result":
                shown.append(message["content"]["data"])

        path = f"import sys; sys.path.insert(0, {package!r})\n"
        client.execute_interactive(path + SHOW, output_hook=note, timeout=120)
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
    figure = plots.terms(minsksim.run_scenario("split_the_pie"))
    own = pixels(plots.png(figure))
    assert_whole(pixels(base64.b64decode(shown[0]["image/png"])), own, figure.dpi)
