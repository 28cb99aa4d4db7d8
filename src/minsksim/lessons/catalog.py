"""The labs by name, and ``minsksim.lab``, which opens one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.errors import UsageError
from minsksim.lessons import skins
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab
    from minsksim.lessons.session import Session

_NUMBERED = {
    "0": "what_is_claimed",
    "1": "batna_and_zopa",
    "2": "issue_linkage",
    "3": "commitment_and_snapback",
    "4": "revolving_door",
    "5": "third_party",
    "6": "brokerage",
    "7": "partial_darkness",
    "8": "exile_opposition",
    "9": "restraint",
    "10": "paying_in_advance",
    "11": "lumps_and_outsiders",
}
NAMES = tuple(_NUMBERED.values())
"""In the order of the course; each has a module in ``labs/`` and a page in ``pages/``."""


def find_lab(name: str) -> Lab:
    """Return the definition of a lab, by name or number."""
    wanted = _NUMBERED.get(str(name), str(name))
    if wanted not in NAMES:
        raise UsageError(f"There is no lab {wanted[:60]!r}. {nearest(wanted, NAMES)}")
    from minsksim.lessons.read import read_lab

    return read_lab(wanted)


def all_labs() -> tuple[Lab, ...]:
    """Return all labs in the order of the course."""
    return tuple(find_lab(name) for name in NAMES)


def page_of(lab: Lab) -> str:
    """Return the text of a lab, from which its notebook is made."""
    return (Path(__file__).parent / "pages" / f"{lab.name}.md").read_text(encoding="utf-8")


def lab(
    name: str,
    skin: str = skins.FICTIONAL,
    *,
    seed: int = 0,
    folder: str | Path | None = ".",
) -> Session:
    """Open a lab: guesses, checks with feedback, progress, footer.

    Parameters
    ----------
    name : str
        Such as ``"batna_and_zopa"``; ``minsksim lab`` lists them.
    skin : {"fictional", "named"}
        Invented names, the default, or those of the case behind the lab. The payoffs are
        the same.
    seed : int
        In whose order the options of a question stand; 0 or more. The notebook that
        ``minsksim lab NAME --seed N`` writes has that order.
    folder : str, Path or None
        Where the file ``NAME.answers.json`` keeps guesses and answers, so that they survive
        a restart of the kernel; written with the first guess. With None minsksim writes no
        file; Jupyter still keeps the cells as typed, in the notebook, its checkpoint and IPython's
        history (``%config HistoryManager.enabled = False`` stops the last).

    Returns
    -------
    Session

    Raises
    ------
    UsageError
        If there is no such lab, skin, seed or folder.
    """
    from minsksim.lessons.memory import Memory
    from minsksim.lessons.order import check_seed
    from minsksim.lessons.session import Session

    found = find_lab(name)
    memory = None if folder is None else Memory(found, folder, check_seed(seed))
    return Session(found, skin, _write, seed=seed, memory=memory)


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
