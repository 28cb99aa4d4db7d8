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
