"""Ctrl-C and the like are never lost."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_PAUSE = 0.05
"""Seconds after which a signal that was lost is sent again."""


@contextmanager
def insist() -> Iterator[None]:
    """Send a signal again whose exception was raised where Python lets none through.

    In the callback of a weak reference, or while an object is finalised, it would be printed with
    a traceback, and nothing would stop.
    """
    before = sys.unraisablehook

    def heed(lost: UnraisableHookArgs) -> None:
        number = _signal_of(lost)
        if number is None:
            before(lost)
            return
        again = threading.Timer(_PAUSE, signal.raise_signal, [number])
        again.daemon = True
        again.start()

    sys.unraisablehook = heed
    try:
        yield
    finally:
        sys.unraisablehook = before


def _signal_of(lost: UnraisableHookArgs) -> int | None:
    """Return the number of the signal that an exception stands for, if it stands for one."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        return int(signal.SIGINT)
    code = getattr(lost.exc_value, "exit_code", 0)
    return code - 128 if code > 128 else None
