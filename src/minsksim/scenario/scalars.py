"""What a scalar of a scenario file means: text, a number, true or false, and nothing else.

YAML 1.1 and 1.2 disagree about ``010``, ``1_000``, ``1:30`` and ``yes``; a scenario refuses
each of them instead of choosing.
"""

from __future__ import annotations

import math
import re
from typing import Any

Scalar = str | float | int | bool
Node = dict[str, Any] | list[Any] | Scalar
"""What a file consists of."""

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DIGITS = 40
_STARTS = frozenset("0123456789+-.~")

_AMBIGUOUS = (
    (
        re.compile(r"[-+]?0[0-9]+"),
        "a leading zero makes {0} octal in YAML 1.1. Write it without "
        "the zero, or in quotes if it is text.",
    ),
    (
        re.compile(r"[-+]?0[xXoObB][0-9a-fA-F_]+"),
        "{0} is not a decimal number. Write it in decimal digits, or in quotes if it is text.",
    ),
    (
        re.compile(r"[-+]?[0-9][0-9.]*_[0-9_.]*"),
        "{0} has an underscore, which some readers drop. "
        "Write the digits together, or in quotes if it is text.",
    ),
    (
        re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"),
        "{0} is a number to base 60 in YAML 1.1. Put it in quotes.",
    ),
    (
        re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?(inf|Inf|INF|nan|NaN|NAN)"),
        "{0} is not a finite number. Write a finite one, or quotes if it is text.",
    ),
    (
        re.compile(r"[yYnN]|yes|Yes|YES|no|No|NO|On|ON|Off|OFF"),
        "{0} is true or false to some "
        "readers and text to others. Write true or false, or put it in quotes if it is text.",
    ),
    (
        re.compile(r"True|TRUE|False|FALSE"),
        "write true or false in small letters, or {0} in quotes if it is text.",
    ),
    (
        re.compile(r"~|null|Null|NULL|"),
        "nothing is written here. Write a value, or remove the key.",
    ),
)
_WORDS = frozenset(
    (
        "",
        "y",
        "Y",
        "n",
        "N",
        "yes",
        "Yes",
        "YES",
        "no",
        "No",
        "NO",
        "On",
        "ON",
        "Off",
        "OFF",
        "True",
        "TRUE",
        "False",
        "FALSE",
        "null",
        "Null",
        "NULL",
        "inf",
        "Inf",
        "INF",
        "nan",
        "NaN",
        "NAN",
    )
)
"""Words that stand for something else in one YAML or another; most text is not among them."""


class Unclear(ValueError):
    """A plain scalar that two readers may take for two things; the text is the sentence."""


def plain_value(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    >>> plain_value("0.35"), plain_value("true"), plain_value("2026-01-01")
    (0.35, True, '2026-01-01')
    """
    if text == "true":
        return True
    if text == "false":
        return False
    if text[:1] not in _STARTS and text not in _WORDS:
        return text
    for pattern, sentence in _AMBIGUOUS:
        if pattern.fullmatch(text):
            raise Unclear(sentence.format(text[:_DIGITS]))
    if _NUMBER.fullmatch(text):
        return _number(text)
    return text


def float_of(text: str) -> float:
    """Return a number from a cell or an option, in ASCII digits that nothing stands between.

    Python would read ``1_0`` as 10, and digits of every script; a scenario file takes neither.

    Raises
    ------
    ValueError
        It is none.

    Examples
    --------
    >>> float_of(" 0.35 ")
    0.35
    """
    if "_" in text or not text.isascii():
        raise ValueError(f"could not convert {text!r} to a number")
    return float(text)


def is_plain(text: str) -> bool:
    """Whether a text can stand without quotes and is read back as the same text."""
    try:
        return plain_value(text) == text
    except Unclear:
        return False


def _number(text: str) -> float | int:
    if len(text) > _DIGITS:
        raise Unclear(f"a number of {len(text)} characters; at most {_DIGITS} are allowed.")
    if _INTEGER.fullmatch(text):
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        raise Unclear(f"{text} is too large for a number.")
    return value
