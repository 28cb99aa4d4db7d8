"""A stored table as a DataFrame, under the names that columns have today."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.errors import ResultDamaged
from minsksim.experiment.storage.manifest import Manifest
from minsksim.experiment.storage.parquet import decode, with_shown_texts

if TYPE_CHECKING:
    import pandas as pd

_NEW_NAME = re.compile(r"^ledger\.(?=[a-z])")
"""What an agreement does to everybody was called its ledger until 0.2."""


def stored_frame(path: Path, manifest: Manifest, kind: str) -> pd.DataFrame:
    """Return a table whose columns are those that the manifest lists.

    ``attrs`` holds the ``labels`` and ``units`` of the columns.

    Raises
    ------
    ResultDamaged
        It has other columns.
    """
    table = with_shown_texts(decode(None, path))
    try:
        columns = tuple(manifest["columns"][kind])
        listed = {column["name"] for column in columns}
    except (KeyError, TypeError):
        columns, listed = (), set()
    if set(table.column_names) != listed:
        raise ResultDamaged(f"{path}: does not have the columns that the manifest lists.")
    table = table.rename_columns([_NEW_NAME.sub("externality.", n) for n in table.column_names])
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    told = {_NEW_NAME.sub("externality.", one["name"]): one for one in columns}
    for word in ("label", "unit"):
        frame.attrs[f"{word}s"] = {name: one[word] for name, one in told.items()}
    return frame
