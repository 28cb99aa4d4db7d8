"""What rich prints, with text from files shown as text: a terminal obeys nothing in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from minsksim.text import INVISIBLE, shown


class TextTable(Table):
    """A table whose cells are shown as text before their widths are measured."""

    def add_row(self, *cells: Any, end_section: bool = False) -> None:  # type: ignore[override]
        """Add a row of texts."""
        super().add_row(*map(_as_text, cells), end_section=end_section)


def _as_text(cell: Any) -> Any:
    if isinstance(cell, str):
        return shown(cell)
    if isinstance(cell, Text) and INVISIBLE.search(cell.plain):
        return Text(shown(cell.plain), style=cell.style, justify=cell.justify)
    return cell


class TextAlone(RenderHook):
    """Write out what a terminal would obey in anything that a console prints.

    The console's own codes, for colours and progress, are added later or marked as such.
    """

    def __init__(self, console: Console) -> None:
        self._console = console

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Wrap what is about to be rendered."""
        return [_Shown(one, self._console) for one in renderables]


class _Shown:
    """Something to render, and its text shown as text."""

    def __init__(self, inner: ConsoleRenderable, console: Console) -> None:
        self._inner, self._console = inner, console

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _cleaned(self._console.render(self._inner, options))


def _cleaned(segments: Iterable[Segment]) -> Iterable[Segment]:
    for text, style, control in segments:
        yield Segment(text if control else shown(text), style, control)
