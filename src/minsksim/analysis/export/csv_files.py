"""A table as CSV that pandas and Excel read as it is.

UTF-8 with the mark that Excel looks for and pandas leaves out. The notice is the last column,
with the sentence in the first row: a line above the head would be the head for whoever reads the
file as it is.
"""

from __future__ import annotations

import pandas as pd

from minsksim.notice import NOTICE
from minsksim.text import shown_in_cell


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a CSV file.

    No cell begins like a formula; what is missing is empty; dates are ISO dates, numbers have all
    the digits that tell them apart.

    Examples
    --------
    >>> print(csv_bytes(pd.DataFrame({"x": [0.1, None], "label": ["=1+1", "Ottawa"]}))[3:].decode())
    x,label,notice
    0.1,'=1+1,"Not a forecast and not advice: ..."
    ,Ottawa,
    <BLANKLINE>
    """
    told = frame.rename(columns=lambda name: shown_in_cell(str(name)))
    for name in told.columns:
        if not _is_plain(told[name]):
            told[name] = told[name].map(_cell)
    told["notice"] = [NOTICE, *[None] * (len(told) - 1)] if len(told) else []
    text: str = told.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def _is_plain(column: pd.Series) -> bool:
    """Return whether a column holds no text."""
    types = pd.api.types
    return types.is_numeric_dtype(column.dtype) or types.is_datetime64_any_dtype(column.dtype)


def _cell(value: object) -> object:
    return shown_in_cell(value) if isinstance(value, str) else value
