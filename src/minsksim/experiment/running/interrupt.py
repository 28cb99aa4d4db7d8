"""Ctrl-C and SIGTERM: the first asks a sweep to stop cleanly, the second ends it at once."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType

from minsksim.errors import MinsksimError


class Interrupted(MinsksimError):
    """A sweep was stopped and can be resumed; ``exit_code`` is 128 plus the signal's number."""

    def __init__(self, message: str, number: int = signal.SIGINT) -> None:
        super().__init__(message)
        self.exit_code = 128 + int(number)


class Signals:
    """While open, signals set ``stop`` instead of breaking off whatever runs.

    Outside the main thread Python allows no handlers; there this does nothing.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.number = int(signal.SIGINT)
        self._before: dict[int, object] = {}

    def __enter__(self) -> Signals:
        if threading.current_thread() is threading.main_thread():
            names = ("SIGINT", "SIGTERM", "SIGHUP")
            for number in [getattr(signal, name) for name in names if hasattr(signal, name)]:
                # A signal that is ignored (nohup) stays ignored.
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._before.clear()

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self.number = number
        if self.stop.is_set():
            raise Interrupted("Stopped at once. The same command resumes.", number)
        self.stop.set()
