"""The head of what rival models give: the answer first, then what was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console


def print_head(screen: Console, answer: Sequence[str], title: str, question: str = "") -> None:
    """Print the answer in sentences that can be quoted, then the title and the question."""
    screen.print(Text(" ".join(answer)))
    screen.print()
    screen.print(Text(title, style="bold"))
    if question:
        screen.print(Text(" ".join(question.split())))


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    Examples
    --------
    >>> listed(["Nash"]), listed(["Nash", "Max-min"]), listed(["a", "b", "c"])
    ('Nash', 'Nash and Max-min', 'a, b and c')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
