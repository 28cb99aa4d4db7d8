"""Ctrl-C and SIGTERM end a command, whatever the code that they interrupt makes of them.

A signal becomes an exception, and an exception can be lost: a callback from C drops it, a library
catches everything, and what follows is an error about something else, or none. So a signal is
remembered. A command that received one ends as that signal, however it ends; and a thread sends it
again for as long as the command goes on.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from minsksim._cache import drop_fresh
from minsksim.cli.signals import send

MESSAGE = "Stopped. The same command starts again, or goes on with a sweep."

_PATIENCE = 1.0
"""Seconds until a signal that led to no end is sent again."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CLEAN = "\r\x1b[2K\x1b[?25h"
"""Takes a line of progress away, and shows the cursor again."""

_heard: list[int] = []
"""Signals that the command received; handlers are of the whole process, and so is this."""

_can_be_cut_off = threading.Event()

_Handler = Callable[[int, FrameType | None], None]


class Stopped(BaseException):
    """A signal ended the command; ``exit_code`` is 128 plus its number.

    Like ``KeyboardInterrupt`` it is no ``Exception``, which libraries catch freely.
    """

    def __init__(self, number: int) -> None:
        super().__init__(MESSAGE)
        self.exit_code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """While open, end with ``Stopped`` when a signal came, whatever else seems to be wrong.

    Raises
    ------
    Stopped
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _heard.clear()

    def heed(number: int, frame: FrameType | None) -> None:
        _heard.append(number)
        raise KeyboardInterrupt if number == signal.SIGINT else Stopped(number)

    # a signal that is ignored (nohup) stays ignored
    numbers = [one for one in _SIGNALS if signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, heed) for number in numbers}
    try:
        with _watched(heed):
            yield
    except BaseException as error:
        if _heard and not _is_about_a_signal(error):
            raise Stopped(_heard[0]) from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if _heard:
        raise Stopped(_heard[0])


def _is_about_a_signal(error: BaseException) -> bool:
    """Return whether an error says itself which signal it stands for."""
    code = getattr(error, "exit_code", 0)
    return isinstance(code, int) and code > 128


@contextmanager
def cut_off_by_signals() -> Iterator[None]:
    """While open, a signal ends the process where it is; nothing may be under way that it spoils.

    A compiler stays in code of its own for seconds, where Python hears nothing, and to take apart
    what it leaves unfinished takes a second or two more.
    """
    _can_be_cut_off.set()
    try:
        yield
    except BaseException:
        if _heard:
            _cut_off(_heard[0])
        raise
    finally:
        _can_be_cut_off.clear()


@contextmanager
def _watched(heed: _Handler) -> Iterator[None]:
    """Have a thread send signals again that ``heed`` was to answer, until the block ends."""
    if os.name == "nt":
        yield
        return
    listen, tell = os.pipe()
    os.set_blocking(tell, False)
    watch = _Watch(heed)
    threading.Thread(target=watch.run, args=[listen], name="minsksim-signals", daemon=True).start()
    # the number of a signal arrives there at once, even while Python hears nothing
    before = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    try:
        yield
    finally:
        watch.end()
        signal.set_wakeup_fd(before)
        os.close(tell)


class _Watch:
    """What the thread knows: whose signals it looks after, and whether it is over."""

    def __init__(self, heed: _Handler) -> None:
        self._heed = heed
        self._ended = threading.Event()
        self._lock = threading.Lock()

    def end(self) -> None:
        """Send nothing from now on: other handlers are about to be put back."""
        with self._lock:
            self._ended.set()

    def run(self, listen: int) -> None:
        """Read numbers of signals until the other end of the pipe is closed."""
        with os.fdopen(listen, "rb", buffering=0) as pipe:
            while number := pipe.read(1):
                self._pursue(number[0])

    def _pursue(self, number: int) -> None:
        # a sweep has handlers of its own, and looks after its signals itself
        while signal.getsignal(number) is self._heed and not self._ended.wait(_PATIENCE):
            with self._lock:
                if self._ended.is_set():
                    return
                if _can_be_cut_off.is_set():
                    _cut_off(number)
                send(number)


def _cut_off(number: int) -> None:
    """Say so, and end the process without asking anybody."""
    try:
        words = _CLEAN + MESSAGE if os.isatty(2) else MESSAGE
        os.write(2, f"{words}\n".encode())
        drop_fresh()
    finally:
        os._exit(128 + number)
