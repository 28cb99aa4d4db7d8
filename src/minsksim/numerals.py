"""How numbers are written wherever a reader meets them: tables, sentences, figures.

No more digits than a reader can use, thousands kept apart, a real minus. It imports nothing of
the package.
"""

from __future__ import annotations

import math
from collections.abc import Iterable


def decimals_for(values: Iterable[float]) -> int:
    """Return how many decimals show the largest of some numbers to about three digits.

    Examples
    --------
    >>> decimals_for([450.0, 1242.0]), decimals_for([0.0256]), decimals_for([9.41])
    (0, 4, 2)
    """
    finite = [abs(value) for value in values if math.isfinite(value)]
    if all(value == round(value) for value in finite):
        return 0
    largest = max(finite)
    for limit, decimals in ((100.0, 0), (10.0, 1), (1.0, 2), (0.1, 3)):
        if largest >= limit:
            return decimals
    return 4


def number(value: float, decimals: int | None = None, *, signed: bool = False) -> str:
    """Return a number with separators for thousands, a real minus, and no negative zero.

    Examples
    --------
    >>> number(1242.0), number(0.2546509), number(-0.00001, 4), number(132.0, signed=True)
    ('1,242', '0.255', '0.0000', '+132')
    """
    if not math.isfinite(value):
        return "–"
    places = decimals_for([value]) if decimals is None else decimals
    text = f"{value:+,.{places}f}" if signed else f"{value:,.{places}f}"
    if not any(letter in "123456789" for letter in text):
        text = text.lstrip("+-")
    return text.replace("-", "−")


def share(value: float) -> str:
    """Return a share of runs as a percentage.

    Examples
    --------
    >>> share(0.934), share(1.0), share(0.0004)
    ('93 %', '100 %', '<1 %')
    """
    if not math.isfinite(value):
        return "–"
    if 0 < value < 0.01:
        return "<1 %"
    if 0.99 < value < 1:
        return ">99 %"
    return f"{100 * value:.0f} %"


def short(text: str) -> str:
    """Return a label or unit without the explanation that may follow it.

    Examples
    --------
    >>> short("level of visit in the month (0 none, 1 presidential envoy in public)")
    'level of visit in the month'
    """
    return text.partition(" (")[0].partition(", as ")[0]
