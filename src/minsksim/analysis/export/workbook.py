"""Tables as an Excel workbook, a sheet each: texts as texts, numbers as numbers, dates as dates."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from minsksim.errors import UsageError
from minsksim.notice import NOTICE
from minsksim.text import shown_in_line

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

ROWS = 1_048_575
"""Rows of a sheet without its head: a limit of Excel's."""
COLUMNS = 16_384
LONGEST = 32_767
"""Characters of a cell."""
_WIDEST = 60


def workbook_bytes(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return tables as the bytes of one workbook, a sheet for each.

    Raises
    ------
    UsageError
        The package xlsxwriter is missing, or a sheet cannot hold a table.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise UsageError(
            "A workbook needs the package xlsxwriter: pip install '.[xlsx]' in minsksim's folder. "
            "CSV files (--csv) need nothing more."
        ) from None
    for name, frame in tables.items():
        if len(frame) > ROWS or len(frame.columns) > COLUMNS:
            raise UsageError(
                f"{name}: {len(frame):,} rows and {len(frame.columns):,} columns; a sheet of "
                f"Excel holds {ROWS:,} and {COLUMNS:,}. Use --csv."
            )
    sink = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(sink, options)
    book.set_properties({"title": "minsksim", "comments": NOTICE})
    styles = {
        "head": book.add_format({"bold": True}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for name, frame in tables.items():
        _fill(book, name, frame, styles)
    book.close()
    return sink.getvalue()


def _fill(book: Workbook, name: str, frame: pd.DataFrame, styles: Mapping[str, Any]) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for place, head in enumerate(frame.columns):
        page.write_string(0, place, shown_in_line(str(head)), styles["head"])
        values = frame[head]
        kinds = pd.api.types
        is_date = kinds.is_datetime64_any_dtype(values.dtype)
        longest = len(str(head))
        for row, value in enumerate(values.tolist(), start=1):
            if value is None or value is pd.NaT or value != value:
                continue
            if isinstance(value, bool):
                page.write_boolean(row, place, value)
            elif is_date or isinstance(value, dt.date):
                page.write_datetime(row, place, value, styles["date"])
                longest = max(longest, 10)
            elif isinstance(value, int | float):
                page.write_number(row, place, value)
                longest = max(longest, 9)
            else:
                text = shown_in_line(str(value))[:LONGEST]
                page.write_string(row, place, text)
                longest = max(longest, len(text))
        page.set_column(place, place, min(longest + 1, _WIDEST))
