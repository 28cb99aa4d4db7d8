"""What people type, read as numbers: commas, percent signs, spaces, any minus, or nothing yet.

A cell of a lab holds an answer between quotes, so that nothing typed there can fail as Python.
"""

from __future__ import annotations

import math
import re
import unicodedata
from numbers import Real

_DOTS = " .\t\n…_?\"'"
_MINUS = str.maketrans(dict.fromkeys("−‐‑‒–—", "-"))
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ '’_]\d{3})+(?![\d])")
_PERCENT = re.compile(r"\s*(?:%|per ?cent|pct)\.?$")
_WHOLE = ("people", "packages", "tranches")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_THOUSANDS_BY_DOTS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")


def is_blank(given: object) -> bool:
    """Return whether nothing is typed yet: dots, an empty text, or None.

    Examples
    --------
    >>> [is_blank(given) for given in (..., "...", " ", None, "0", 0)]
    [True, True, True, True, False, False]
    """
    return given is None or given is ... or (isinstance(given, str) and not given.strip(_DOTS))


def number_of(given: object, unit: str = "") -> float | None:
    """Return what was typed as a number of this unit, or None if it is none.

    A comma before exactly three digits, and after one to three that do not begin with 0, parts
    thousands; any other comma is a decimal comma. A point does the same where the unit counts whole
    things, such as people. A percent sign is dropped where the unit is percent, means hundredths
    where the unit goes from 0 to 1 or is a probability, and is refused elsewhere. Words of the
    unit may follow the number.

    Parameters
    ----------
    given
        Text, or a number of Python or NumPy.
    unit : str
        As the question says it, such as ``"percent of model runs"``.

    Returns
    -------
    float or None

    Examples
    --------
    >>> [number_of(text) for text in ("1,200", "0,5", "1.234,5", "1 200", "−3", "about 3")]
    [1200.0, 0.5, 1234.5, 1200.0, -3.0, None]
    >>> [number_of("35 %", unit) for unit in ("percent of runs", "share, 0 to 1", "people")]
    [35.0, 0.35, None]
    >>> number_of("1.200", "people"), number_of("1.200", "utils")
    (1200.0, 1.2)
    """
    if isinstance(given, str):
        value = _read(given, unit)
    else:
        single = _single(given)
        value = None if single is None else float(single)
    return value if value is not None and math.isfinite(value) else None


def _single(given: object) -> Real | None:
    """Return a number, also one that comes as an array or a column of one."""
    if getattr(given, "size", None) == 1 and hasattr(given, "item"):
        given = given.item()
    if isinstance(given, bool):  # True is no number here, though Python counts it as 1
        return None
    return given if isinstance(given, Real) else None


def _read(given: str, unit: str) -> float | None:
    text = unicodedata.normalize("NFKC", given).translate(_MINUS).strip().lower()
    text = re.sub(r"^- +", "-", text.strip("\"'’ "))
    bare = _PERCENT.sub("", text)
    is_percent, factor = bare != text, 1.0
    if is_percent and not unit.startswith("percent"):
        if "0 to 1" not in unit and not unit.startswith("probability"):
            return None
        factor = 0.01
    if not is_percent:
        bare = _without_unit(text, unit)
    grouped = _GROUPED.match(bare)
    if grouped:
        bare = re.sub(r"[ '’_]", "", grouped[0]) + bare[grouped.end() :]
    plain = _with_a_point(bare, is_whole=unit.startswith(_WHOLE))
    # a product of decimals is rounded as one reads it: 58 % is 0.58
    return None if plain is None else float(f"{float(plain) * factor:.15g}")


def _without_unit(text: str, unit: str) -> str:
    words = text.split()
    known = set(re.findall(r"[a-z]+", unit.lower()))
    while len(words) > 1 and words[-1].strip(".,") in known:
        words.pop()
    return " ".join(words)


def _with_a_point(text: str, *, is_whole: bool) -> str | None:
    """Return a number as Python writes it; commas and points part thousands or decimals."""
    if "," in text and "." in text:
        mark, other = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        whole, _, rest = text.rpartition(mark)
        groups = whole.replace(other, ",")
        if not _THOUSANDS.fullmatch(groups):
            return None
        text = groups.replace(",", "") + "." + rest
    elif _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    elif _THOUSANDS_BY_DOTS.fullmatch(text) and (is_whole or text.count(".") > 1):
        text = text.replace(".", "")
    elif text.count(",") == 1:
        text = text.replace(",", ".")
    return text if _PLAIN.fullmatch(text) else None
