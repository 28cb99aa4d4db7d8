"""Answers that survive a restart of the kernel: one small file beside the notebook.

It holds guesses and answers in the letters of the page, and nothing about who typed them. It is
written whole or not at all. What cannot be read is put aside and said, never taken for answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minsksim.errors import ResultError, UsageError
from minsksim.experiment.storage.files import AtomicFile, read_file
from minsksim.frozen import FrozenMap
from minsksim.lessons.order import as_shown, on_page, order_of
from minsksim.lessons.question import Answer, Question, read_answer
from minsksim.lessons.sitting import Sitting

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab

_FORMAT = "answers to a lab of minsksim, 1"
_LARGEST = 1 << 20


class Memory:
    """The file that keeps a sitting.

    Parameters
    ----------
    lab : Lab
        As its page has it.
    folder : str or Path
        Where the file lies; the folder must be there.
    seed : int
        In whose order the options are shown.
    """

    def __init__(self, lab: Lab, folder: str | Path, seed: int) -> None:
        place = Path(folder).expanduser()
        if not place.is_dir():
            raise UsageError(f"folder={str(folder)!r}: there is no such folder. Make it first.")
        self.path = place / f"{lab.name}.answers.json"
        self._questions: Mapping[str, Question] = {one.key: one for one in lab.questions}
        self._orders = {one.key: order_of(lab.name, one, seed) for one in lab.questions}
        self._lab = lab.name

    def read(self) -> Sitting | None:
        """Return the sitting that was kept, or None if there is none.

        Raises
        ------
        UsageError
            The file holds something else; the text says what, in one clause.
        """
        try:
            data = read_file(self.path)
        except FileNotFoundError:
            return None
        except (OSError, ResultError):
            raise UsageError("it is no file that can be read") from None
        try:
            return self._sitting(data)
        except (KeyError, TypeError, AttributeError, RecursionError, UsageError):
            raise UsageError("it does not hold what this lab keeps") from None
        except ValueError as fault:  # json.JSONDecodeError and UnicodeDecodeError
            line = getattr(fault, "lineno", 1)
            raise UsageError(f"its text breaks off or is garbled in line {line}") from None

    def write(self, sitting: Sitting) -> None:
        """Keep a sitting.

        Raises
        ------
        OSError, ResultError
            The disk refuses.
        """
        content = {
            "format": _FORMAT,
            "lab": self._lab,
            "started": sitting.has_started,
            "guesses": {
                key: [on_page(self._orders[key], one) for one in typed]
                for key, typed in sitting.guesses.items()
            },
            "answers": {
                key: on_page(self._orders[key], one) for key, one in sitting.answers.items()
            },
            "tries": dict(sitting.tries),
            "solved": sorted(sitting.solved),
        }
        with AtomicFile(self.path) as file:
            file.write((json.dumps(content, indent=1) + "\n").encode())

    def remove(self) -> None:
        """Delete the file, if it is there."""
        self.path.unlink(missing_ok=True)

    def put_aside(self) -> Path:
        """Rename what cannot be read, so that nothing is written over it; return its new name."""
        aside = self.path.with_name(f"{self.path.name}.damaged")
        self.path.replace(aside)
        return aside

    def _sitting(self, data: bytes) -> Sitting:
        if len(data) > _LARGEST:
            raise UsageError("too large")
        content: dict[str, Any] = json.loads(data.decode("utf-8"))
        if content["format"] != _FORMAT or content["lab"] != self._lab:
            raise UsageError("another lab's")
        return Sitting(
            guesses=FrozenMap(
                {
                    key: tuple(self._read(key, one) for one in _list(typed))
                    for key, typed in self._known(content["guesses"])
                    if typed
                }
            ),
            answers=FrozenMap(
                {key: self._read(key, one) for key, one in self._known(content["answers"])}
            ),
            tries=FrozenMap({key: int(count) for key, count in self._known(content["tries"])}),
            solved=frozenset(content["solved"]) & self._questions.keys(),
            has_started=content["started"] is True,
        )

    def _known(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield what belongs to a question; one that a newer version no longer asks is left out."""
        return ((key, one) for key, one in typed.items() if key in self._questions)

    def _read(self, key: str, typed: object) -> Answer:
        return as_shown(self._orders[key], read_answer(self._questions[key], typed))


def _list(content: Any) -> list[Any]:
    if isinstance(content, list):
        return content
    raise TypeError("not a list")
