"""A clock in a notebook while the kernel is compiled; the command line has its own."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

COMPILING = "compiling the rules, once; this takes about half a minute and is kept for later runs"


@contextmanager
def notebook_clock() -> Iterator[None]:
    """Show under the running cell what is done and for how long, then take it away."""
    if not _is_notebook():
        yield
        return
    from IPython import display

    begun, done = time.monotonic(), threading.Event()
    page: Any = display
    shown = page.display(page.HTML(_line(0.0)), display_id=True)

    def tick() -> None:
        while not done.wait(1.0):
            shown.update(page.HTML(_line(time.monotonic() - begun)))

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    try:
        yield
    finally:
        done.set()
        ticking.join()
        shown.update(page.HTML(""))


def _line(seconds: float) -> str:
    return f"<em>{COMPILING} ({seconds:.0f} s)</em>"


def _is_notebook() -> bool:
    """Return whether a kernel of a notebook runs this; a plain terminal has none."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return getattr(running, "kernel", None) is not None
