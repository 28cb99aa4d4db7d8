"""A result as files for other programs: one workbook, or a folder of CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from minsksim.analysis.export.csv_files import csv_bytes
from minsksim.analysis.export.tables import tables
from minsksim.analysis.export.workbook import workbook_bytes
from minsksim.errors import UsageError
from minsksim.experiment.result import Result, take_result
from minsksim.experiment.storage.files import storage_errors, write_file

Form = Literal["xlsx", "csv"]


def export(
    result: Result | str | Path,
    path: str | Path | None = None,
    *,
    form: Form | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write a result as an Excel workbook or as CSV files.

    Either holds a summary of every measure, the runs, the agreements where any were kept, a
    dictionary that says of every column what it is, its unit and its source, and the notice.
    What is missing, or was never reached, is empty. No text is taken for a formula.

    Parameters
    ----------
    result : Result, str or Path
        A result or its folder.
    path : path, optional
        The workbook, or the folder of the CSV files; default: ``<scenario>_<id>.xlsx`` or
        ``<scenario>_<id>`` in the present folder.
    form : {"xlsx", "csv"}, optional
        Default: ``xlsx`` if ``path`` ends so, else ``csv``.
    force : bool
        Write over files that are there.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    UsageError
        A file is there already, the package xlsxwriter is missing, or a sheet cannot hold the
        runs.
    """
    found = take_result(result)
    name = f"{next(iter(found.scenarios)).replace('/', '.')}_{found.id}"
    if form is None:
        form = "xlsx" if path is not None and Path(path).suffix == ".xlsx" else "csv"
    if form == "xlsx":
        target = Path(path or f"{name}.xlsx")
        _demand_free([target], force)
        _write(target, workbook_bytes(tables(found)))
        return (target,)
    folder, content = Path(path or name), tables(found)
    targets = [folder / f"{kind}.csv" for kind in content]
    _demand_free(targets, force)
    for target, frame in zip(targets, content.values(), strict=True):
        _write(target, csv_bytes(frame))
    return tuple(targets)


def _demand_free(targets: Sequence[Path], force: bool) -> None:
    for target in targets:
        if target.is_dir() or (target.exists() and not force):
            cure = "Name another place" if target.is_dir() else "Name another place, or use --force"
            raise UsageError(f"{target} is already here and is left as it is. {cure}.")


def _write(target: Path, data: bytes) -> None:
    """Write a whole file or nothing."""
    with storage_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    write_file(target, data)
