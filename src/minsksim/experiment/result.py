"""A finished sweep, read back: tables as DataFrames, scenarios, digest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from minsksim.errors import ResultDamaged, ResultError, UsageError
from minsksim.experiment.question.conditions import meeting, parse_where, select
from minsksim.experiment.question.question import SHARED
from minsksim.experiment.storage.from_manifest import scenarios_of
from minsksim.experiment.storage.integrity import find_damage, read_record
from minsksim.experiment.storage.manifest import Manifest
from minsksim.experiment.storage.parquet import (
    check_file,
    decode,
    read_checked,
    to_frame,
    with_shown_texts,
)
from minsksim.experiment.storage.stored_frames import stored_frame
from minsksim.showing import html, written
from minsksim.text import shown_throughout

if TYPE_CHECKING:
    import xarray

    from minsksim.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Result:
    """The result of a sweep; tables are read, and their hashes checked, when first asked for.

    Attributes
    ----------
    path : Path
        Its folder.
    manifest : dict
        Every input; ``manifest["columns"]`` is the data dictionary.
    record : dict
        Digests and hashes, as the journal keeps them.
    """

    path: Path
    manifest: Manifest = field(repr=False)
    record: Mapping[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        return f"<Result {self.id} of {', '.join(self.scenarios)} in {self.path.as_posix()}>"

    def _repr_html_(self) -> str:
        return html(self)

    @property
    def id(self) -> str:
        """The hash of the question, twelve hex digits."""
        return str(self.manifest["id"])

    @property
    def digest(self) -> str:
        """SHA-256 over the content of all tables; equal digests mean equal results."""
        return str(self.record["results_digest"])

    @property
    def failed(self) -> int:
        """Number of runs that ended in a failed state."""
        return int(self.record["failed"])

    @property
    def seed(self) -> int:
        """Seed of the sweep."""
        return int(self.manifest["seed"])

    @property
    def draws(self) -> str:
        """``shared``: a replication has the same draws at every point; ``by_point``: its own."""
        return str(self.manifest["question"].get("draws", SHARED))

    @property
    def where(self) -> tuple[str, ...]:
        """Conditions that select the runs to summarise."""
        return tuple(self.manifest["question"]["where"])

    @property
    def varied(self) -> tuple[str, ...]:
        """Dotted names of the numbers that differ between design points."""
        return tuple(axis["name"] for axis in self.manifest["question"]["design"]["axes"])

    @cached_property
    def ranges(self) -> Result | None:
        """The same question over the ranges of the numbers, if it was swept beside this one."""
        return self._partner("ranges")

    @cached_property
    def base(self) -> Result | None:
        """The same question at the base values, if it was swept beside this one."""
        return self._partner("base")

    def _partner(self, word: str) -> Result | None:
        folder = self.path / word
        if word not in self.manifest or not (folder / "manifest.json").is_file():
            return None
        try:
            found = load_result(folder)
        except ResultDamaged:
            raise
        except ResultError:  # begun, and not finished
            return None
        return found if found.id == self.manifest[word] else None

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios by name, base first, from the manifest."""
        return scenarios_of(self.manifest, self.path / "manifest.json")

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures of any scenario, in column order."""
        names = [column["name"] for column in self.manifest["columns"]["runs"]]
        return tuple(names[4 + len(self.varied) :])

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: scenario, point, replication, status, varied numbers, measures."""
        return self.table("runs")

    @property
    def selected(self) -> pd.DataFrame:
        """The finished runs that meet ``where``."""
        return select(self.runs, self.where)

    def finished(self, scenario: str, names: Sequence[str]) -> pd.DataFrame:
        """Return some columns of a scenario's finished runs that meet ``where``.

        Only these are read: all columns of many runs may not fit into memory.
        """
        asked = [parse_where(text).name for text in self.where]
        wanted = list(dict.fromkeys([*names, "status", *asked]))
        runs = self.columns(scenario, wanted)
        keep = meeting(runs, self.where)
        return runs[list(names)] if keep.all() else runs.loc[keep, list(names)]

    def columns(self, scenario: str, names: Sequence[str]) -> pd.DataFrame:
        """Return some columns of all runs of a scenario, failed ones included."""
        if "runs" in self.__dict__:
            frame: pd.DataFrame = self.runs.loc[self.runs["scenario"] == scenario, list(names)]
            return frame
        rows = [("scenario", "=", scenario)] if len(self.scenarios) > 1 else None
        return to_frame(with_shown_texts(decode(None, self._checked("runs"), names, rows)))

    def points(self) -> pd.DataFrame:
        """Return the varied numbers, one row for each design point."""
        runs = self.columns(next(iter(self.scenarios)), ("point", *self.varied))
        return runs.drop_duplicates("point")[list(self.varied)]

    @property
    def runs_per_point(self) -> int:
        """Replications of each design point, rounds that were added included."""
        return int(self.manifest["question"]["runs"]) * int(self.record["rounds"])

    @cached_property
    def series(self) -> pd.DataFrame:
        """Runs turn by turn: scenario, point, replication, turn, date, quantities, utilities.

        The values are those that the turn left, the date is the day on which it began (of turn 0
        the first day). They are a sample of the whole design. ``public.levers.x`` is a secret
        lever as an outside observer saw it.
        """
        return self.table("series")

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """What each interest adds to each actor's utility in the sample, tidy."""
        return self.table("contributions")

    @cached_property
    def agreements(self) -> pd.DataFrame:
        """One row for each agreement of the sample: gains, externalities, moves."""
        return self.table("agreements")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """One row for each failed run, with its sentence."""
        path = self.path / "failed.jsonl"
        data = read_checked(path, self._sha256(path))
        columns = ["scenario", "point", "replication", "status", "sentence"]
        try:
            lines = [shown_throughout(json.loads(line)) for line in data.splitlines()]
            return pd.DataFrame(lines, columns=columns)
        except (ValueError, RecursionError) as error:
            raise ResultDamaged(f"{path}: not a list of failed runs ({error}).") from None

    def series_dataset(self) -> xarray.Dataset:
        """Return the sample as an xarray Dataset over scenario, point, replication and turn.

        A sample that does not have the same replications at every point has NaN where a run is
        missing. ``.squeeze("point")`` leaves out the points where there is one.
        """
        try:
            import xarray as xr
        except ImportError:
            raise UsageError(
                "series_dataset() needs xarray: pip install '.[analysis]' in minsksim's folder."
            ) from None
        table = self.series.set_index(["scenario", "point", "replication", "turn"])
        data = xr.Dataset.from_dataframe(table)
        for column in self.manifest["columns"]["series"]:
            if column["name"] in data:
                data[column["name"]].attrs = {"label": column["label"], "units": column["unit"]}
        data.attrs = {"notice": self.manifest["notice"], "id": self.id, "seed": self.seed}
        return data

    def export(self, path: str | Path | None = None, *, force: bool = False) -> tuple[Path, ...]:
        """Write a workbook (``x.xlsx``) or a folder of CSV files, and return what was written."""
        return written(self, path, force)

    def verify(self) -> None:
        """Check every stored byte.

        Raises
        ------
        ResultDamaged
            Naming every file that is not as it was written.
        """
        found = find_damage(self.path)
        if found:
            raise ResultDamaged("\n".join([*found, "Run the same sweep again to redo them."]))

    def table(self, kind: str) -> pd.DataFrame:
        """Return a stored table: runs, series, contributions or agreements."""
        return stored_frame(self._checked(kind), self.manifest, kind)

    def _sha256(self, path: Path) -> str:
        files: Mapping[str, str] = self.record["files"]
        if path.name not in files:
            raise ResultDamaged(f"{path}: not in the journal.")
        return files[path.name]

    def row(self, scenario: str, point: int, replication: int) -> Mapping[str, Any] | None:
        """Return one run by its key without holding the others, or None."""
        filters = [
            ("scenario", "=", scenario),
            ("point", "=", point),
            ("replication", "=", replication),
        ]
        table = decode(None, self._checked("runs"), filters=filters)
        rows: list[Mapping[str, Any]] = table.to_pylist()
        return rows[0] if rows else None

    def _checked(self, kind: str) -> Path:
        """Return the file of a table whose hash was checked once; its pages always are."""
        path = self.path / f"{kind}.parquet"
        if kind not in self._sound:
            check_file(path, self._sha256(path))
            self._sound.add(kind)
        return path

    @cached_property
    def _sound(self) -> set[str]:
        """Tables whose hash was checked."""
        return set()


def take_result(given: Result | str | Path) -> Result:
    """Return a result from its folder, or as it is."""
    return given if isinstance(given, Result) else load_result(given)


def load_result(path: str | Path) -> Result:
    """Open a finished result.

    Parameters
    ----------
    path : path
        Its folder, ``results/<scenario>/<id>``.

    Returns
    -------
    Result

    Raises
    ------
    ResultError
        There is no finished result.
    ResultDamaged
        Its manifest or journal changed since they were written.
    """
    folder = Path(path)
    record = read_record(folder)
    return Result(folder, record.manifest, record.end)
