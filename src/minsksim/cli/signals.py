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
    sending: list[threading.Timer] = []

    def heed(lost: UnraisableHookArgs) -> None:
        number = _signal_of(lost)
        if number is None:
            before(lost)
            return
        again = threading.Timer(_PAUSE, send, [number])
        again.daemon = True
        sending.append(again)
        again.start()

    sys.unraisablehook = heed
    try:
        yield
    finally:
        sys.unraisablehook = before
        # sent any later, with earlier handlers back, it would kill the process in its last words
        for again in sending:
            again.cancel()
            again.join()


def send(number: int) -> None:
    """Send a signal to the main thread, which is woken if it sleeps."""
    main = threading.main_thread().ident
    if sys.platform == "win32" or main is None:
        signal.raise_signal(number)
    else:
        signal.pthread_kill(main, number)


def _signal_of(lost: UnraisableHookArgs) -> int | None:
    """Return the number of the signal that an exception stands for, if it stands for one."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        return int(signal.SIGINT)
    code = getattr(lost.exc_value, "exit_code", 0)
    return code - 128 if code > 128 else None
