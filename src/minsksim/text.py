"""Text for a reader: words as a sentence lists them, and what may come from a stranger.

What a stranger wrote is shown as text, and nothing in it is obeyed by what shows it. A terminal
obeys escape sequences, and turns the direction of writing where a character asks it to; a
spreadsheet obeys a cell that begins like a formula. It imports nothing of the package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff0-\uffff\ud800-\udfff]"
)
"""Controls, marks that turn the direction of writing, and what shows as nothing; a tab and the ends
of lines are left out."""

_LINE_ENDS = re.compile(r"[\t\r\n]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def shown(text: str) -> str:
    r"""Return text with everything that a terminal would obey written out; lines stay lines.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(shown("Minsk\x1b[31m\u202e"))
    Minsk\x1b[31m\u202e
    """
    # a carriage return would write over what stands in its line
    return INVISIBLE.sub(_spelled, text.replace("\r\n", "\n")).replace("\r", "\\r")


def shown_in_line(text: str) -> str:
    r"""Return text as ``shown`` does, without an end of a line or a tab.

    Examples
    --------
    >>> print(shown_in_line("results\nfinished"))
    results\nfinished
    """
    return _LINE_ENDS.sub(lambda found: repr(found[0])[1:-1], INVISIBLE.sub(_spelled, text))


def shown_in_cell(text: str) -> str:
    """Return text as ``shown_in_line`` does, so that a spreadsheet takes it for no formula.

    A number stays as it is; what begins like a formula gets an apostrophe before it.

    Examples
    --------
    >>> shown_in_cell("=HYPERLINK(1)"), shown_in_cell("-0.5"), shown_in_cell("Ottawa")
    ("'=HYPERLINK(1)", '-0.5', 'Ottawa')
    """
    found = shown_in_line(text)
    return f"'{found}" if text.startswith(_FORMULA) and not _is_number(text) else found


def shown_in_json(document: str) -> str:
    r"""Return JSON that means the same, with everything that a terminal would obey spelled out.

    Examples
    --------
    >>> print(shown_in_json('{"label": "\x9b31m"}'))
    {"label": "\u009b31m"}
    """
    return INVISIBLE.sub(lambda found: json.dumps(found[0])[1:-1], document)


def joined(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    Examples
    --------
    >>> joined(["Minsk"]), joined(["Minsk", "Moscow", "Ottawa"])
    ('Minsk', 'Minsk, Moscow and Ottawa')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def shown_throughout(value: Any) -> Any:
    """Return what JSON holds with every text in it, keys too, as ``shown`` gives it."""
    if isinstance(value, str):
        return shown(value) if INVISIBLE.search(value) else value
    if isinstance(value, dict):
        return {shown_throughout(key): shown_throughout(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shown_throughout(inner) for inner in value]
    return value


def _spelled(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
