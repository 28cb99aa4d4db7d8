"""A clock in a notebook while something takes long; the command line has its own."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

COMPILING = "compiling the rules, once; this takes about half a minute and is kept for later runs"


@contextmanager
def notebook_clock(label: str = COMPILING, *, after: float = 0.0) -> Iterator[None]:
    """Show under the running cell what is done and for how long, then take it away.

    Nothing is shown for what is done within ``after`` seconds.
    """
    if not _is_notebook():
        yield
        return
    from IPython import display

    begun, done = time.monotonic(), threading.Event()
    page: Any = display

    def tick() -> None:
        if done.wait(after):
            return
        # from here on there is something to take away
        shown = page.display(page.HTML(_line(label, after)), display_id=True)
        while not done.wait(1.0):
            shown.update(page.HTML(_line(label, time.monotonic() - begun)))
        shown.update(page.HTML(""))

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    try:
        yield
    finally:
        done.set()
        ticking.join()


def _line(label: str, seconds: float) -> str:
    return f"<em>{label} ({seconds:.0f} s)</em>"


def _is_notebook() -> bool:
    """Return whether a kernel of a notebook runs this; a plain terminal has none."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return getattr(running, "kernel", None) is not None
