"""Parts of an HTML view; every text that goes in is escaped here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from minsksim.notice import NOTICE
from minsksim.text import shown_in_line

_STYLE = (
    ".minsksim{max-width:60em}"
    ".minsksim p,.minsksim h4,.minsksim h5{margin:.3em 0}"
    ".minsksim td,.minsksim th{padding:.15em .8em .15em 0;vertical-align:top;text-align:left}"
    ".minsksim .right{text-align:right}"
)


def plain(text: object) -> str:
    """Return a text that is shown as it is: no tag, no entity, nothing that turns its direction.

    Examples
    --------
    >>> plain("<b>Minsk & co</b>")
    '&lt;b&gt;Minsk &amp; co&lt;/b&gt;'
    """
    return escape(shown_in_line(" ".join(str(text).split())))


def line(text: object, tag: str = "p") -> str:
    """Return a paragraph, or a text in another tag."""
    return f"<{tag}>{plain(text)}</{tag}>"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[str] = ()) -> str:
    """Return a table; without rows, nothing. ``right`` names the columns of numbers."""
    marks = [' class="right"' if head in right else "" for head in heads]

    def row(cells: Sequence[object], tag: str) -> str:
        pairs = zip(cells, marks, strict=True)
        return "".join(f"<{tag}{mark}>{plain(cell)}</{tag}>" for cell, mark in pairs)

    body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in rows)
    top = f"<thead><tr>{row(heads, 'th')}</tr></thead>" if any(heads) else ""
    return f"<table>{top}<tbody>{body}</tbody></table>" if body else ""


def folded(title: object, content: str) -> str:
    """Return content that a reader opens by its title; nothing if there is none."""
    return f"<details><summary>{plain(title)}</summary>{content}</details>" if content else ""


def card(title: object, *parts: str, notice: str = NOTICE) -> str:
    """Return a whole view: its title, its parts and the notice."""
    foot = f"<p><small>{plain(notice)}</small></p>"
    inside = f"<style>{_STYLE}</style>{line(title, 'h4')}{''.join(parts)}{foot}"
    return f'<div class="minsksim">{inside}</div>'
