"""Which fonts a figure is written in, and which letters none of them has.

matplotlib looks for a letter in the fonts of a list, one after another. The list is the user's own
font, if one was chosen, then ``DejaVu Sans``, then whatever is installed for other scripts.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from matplotlib import font_manager, rcParams, rcParamsDefault
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

_OURS = "DejaVu Sans"
_GENERIC = ("sans-serif", "serif", "monospace", "cursive", "fantasy")
_OTHER_SCRIPTS = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans SC",
    "Noto Sans JP", "Noto Sans KR", "Source Han Sans SC", "Microsoft YaHei", "Microsoft JhengHei",
    "SimHei", "SimSun", "PingFang SC", "Hiragino Sans", "Hiragino Sans GB", "Heiti SC", "Yu Gothic",
    "MS Gothic", "Malgun Gothic", "Apple SD Gothic Neo", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Droid Sans Fallback", "Arial Unicode MS", "Noto Sans Arabic", "Noto Naskh Arabic",
    "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Georgian",
    "Noto Sans Armenian", "Nirmala UI", "Unifont",
)  # fmt: skip
"""Fonts that systems bring for scripts that ours does not have."""


class MissingLetters(UserWarning):
    """Some letters of a figure are in none of its fonts."""


def families() -> list[str]:
    """Return the installed fonts to look in, the user's own choice first.

    Read before a style is set, because a style resets what the user chose.
    """
    installed = set(font_manager.fontManager.get_font_names())
    now, shipped = (cast("dict[str, Any]", one) for one in (rcParams, rcParamsDefault))
    chosen = now["font.family"]
    is_default = chosen == shipped["font.family"] and all(
        now[f"font.{name}"] == shipped[f"font.{name}"] for name in chosen if name in _GENERIC
    )
    own: list[str] = []
    for name in () if is_default else chosen:
        own += now[f"font.{name}"] if name in _GENERIC else [name]
    names = dict.fromkeys([*own, _OURS, *_OTHER_SCRIPTS])
    return [name for name in names if name in installed]


def missing_letters(figure: Figure) -> str:
    """Return the letters of a figure that none of its fonts has, in order."""
    letters: dict[str, None] = {}
    fonts: dict[str, None] = {}
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        letters |= dict.fromkeys(text.get_text())
        fonts |= dict.fromkeys(text.get_fontfamily())
    known = set().union(*(_letters_of(name) for name in fonts))
    return "".join(sorted(one for one in letters if ord(one) not in known and not one.isspace()))


def warn_of(letters: Iterable[str]) -> None:
    """Say in one sentence which letters a figure cannot show, and what helps."""
    found = "".join(sorted(letters))
    shown = found if len(found) <= 12 else f"{found[:12]} and {len(found) - 12} more"
    warnings.warn(
        f"No installed font has {shown}: a figure shows boxes there. Install a font that has them, "
        "for instance one of the Noto family, or set matplotlib's font.family to one.",
        MissingLetters,
        stacklevel=3,
    )


@cache
def _letters_of(family: str) -> frozenset[int]:
    if family not in font_manager.fontManager.get_font_names():
        return frozenset()
    path = font_manager.findfont(family, fallback_to_default=False)
    return frozenset(FT2Font(str(path)).get_charmap())
