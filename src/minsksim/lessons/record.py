"""The sitting of one learner as it grows, and the file that keeps it, if there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from minsksim.errors import ResultError, UsageError
from minsksim.lessons.sitting import Sitting

if TYPE_CHECKING:
    from minsksim.lessons.memory import Memory


class Record:
    """What was typed so far; every change is kept at once.

    Parameters
    ----------
    memory : Memory or None
        The file; without one, all ends with the kernel.
    tell : callable
        Where a sentence goes when the file cannot be used.
    """

    def __init__(self, memory: Memory | None, tell: Callable[[str], None]) -> None:
        self.sitting = Sitting()
        self._memory = memory
        self._tell = tell

    def take_up(self) -> bool:
        """Begin where an earlier kernel ended, and return whether there was anything."""
        if self._memory is None:
            return False
        name = self._memory.path.name
        try:
            kept = self._memory.read()
        except UsageError as fault:
            self._tell(f"{name} is damaged: {fault}. {self._put_aside(self._memory)}")
            return False
        if kept is not None:
            self.sitting = kept
        return kept is not None

    def move(self, sitting: Sitting) -> None:
        """Go on to a sitting, and keep it; a disk that refuses is said once."""
        is_new, self.sitting = sitting != self.sitting, sitting
        if self._memory is None or not is_new:
            return
        try:
            self._memory.write(sitting)
        except (OSError, ResultError):
            self._tell(
                f"{self._memory.path.name} cannot be written here, so your answers end with this "
                "kernel. To keep them, open the lab with folder= a folder that you may write to."
            )
            self._memory = None

    def reset(self) -> None:
        """Forget everything, also in the file."""
        self.sitting = Sitting()
        kept = ""
        if self._memory is not None:
            name = self._memory.path.name
            try:
                self._memory.remove()
                kept = f", and {name} is deleted"
            except OSError:
                kept = f", but {name} cannot be deleted: delete it yourself"
        self._tell(
            f"minsksim has forgotten all guesses and answers{kept}. Jupyter may still keep what "
            "was typed, in this notebook, its checkpoint and IPython's history: clear or delete "
            "those yourself. Run the notebook from the top."
        )

    def _put_aside(self, memory: Memory) -> str:
        """Leave nothing to write over what cannot be read, and say what follows."""
        try:
            aside = memory.put_aside()
        except OSError:
            self._memory = None
            return "You begin afresh, and your answers end with this kernel; move it away."
        return f"It is now {aside.name}, and you begin afresh."
