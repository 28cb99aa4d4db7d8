"""Parquet as results use it: zstd, page checksums written and verified, fixed settings.

Without page checksums one flipped bit in four of five places is read as data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from minsksim.errors import ResultDamaged
from minsksim.experiment.storage.digest import TableDigest
from minsksim.experiment.storage.files import AtomicFile, open_file
from minsksim.text import INVISIBLE, shown

_GROUP = 32_768
"""Rows of a row group; smaller tables are gathered until they fill one."""


def _settings(schema: pa.Schema) -> dict[str, Any]:
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": [field.name for field in schema if field.name not in floats],
        "use_byte_stream_split": floats,
        "write_page_checksum": True,
    }


def encode(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **_settings(table.schema))
    return bytes(sink.getvalue().to_pybytes())


def decode(
    data: bytes | None,
    path: Path,
    columns: Sequence[str] | None = None,
    filters: Sequence[tuple[str, str, Any]] | None = None,
) -> pa.Table:
    """Return the table, or some rows and columns of it, in the bytes of a Parquet file.

    Page checksums are verified. Without ``data`` what is asked for is read from ``path``, which
    otherwise serves the message.
    """
    source = str(path) if data is None else pa.BufferReader(data)
    names = None if columns is None else list(columns)
    try:
        if filters is not None:
            return pq.read_table(
                source, columns=names, filters=list(filters), page_checksum_verification=True
            )
        # a third of the time and half of the memory of read_table
        with pq.ParquetFile(source, page_checksum_verification=True) as file:
            table = file.read(names)
        return table if names is None else table.select(names)
    except (pa.ArrowException, OSError, KeyError) as error:
        raise ResultDamaged(f"{path}: not the table that was written ({error}).") from error


def with_shown_texts(table: pa.Table) -> pa.Table:
    """Return a table of a result from elsewhere with its texts as text to show.

    Its hash proves only that the table and the journal came together.
    """
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            coded = table.column(place).combine_chunks().dictionary_encode()
            texts = coded.dictionary.to_pylist()
            if any(INVISIBLE.search(text) for text in texts):
                plain = pa.array([shown(text) for text in texts], pa.string())
                table = table.set_column(place, field, plain.take(coded.indices))
    return table


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table that nobody else needs as a DataFrame, without holding it twice."""
    frame: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True)
    pa.default_memory_pool().release_unused()
    return frame


def read_checked(path: Path, sha256: str) -> bytes:
    """Return the bytes of a file, or say that they are not those that were written."""
    with _there(path) as file:
        data = file.read()
    _demand(path, hashlib.sha256(data).hexdigest(), sha256)
    return data


def check_file(path: Path, sha256: str) -> None:
    """Say if the bytes of a file are not those that were written, without holding them."""
    with _there(path) as file:
        _demand(path, hashlib.file_digest(file, "sha256").hexdigest(), sha256)


def _there(path: Path) -> BufferedReader:
    try:
        return open_file(path)
    except FileNotFoundError:
        raise ResultDamaged(f"{path}: missing. {_CURE}") from None


def _demand(path: Path, found: str, sha256: str) -> None:
    if found != sha256:
        raise ResultDamaged(f"{path}: its bytes changed since it was written. {_CURE}")


_CURE = "Run the same sweep again to redo it."


class _Sink:
    """A file as pyarrow writes to it; a failure is kept until pyarrow has returned.

    An error that passes through pyarrow leaves kilobytes behind for good, each time; and so does
    one that is kept here for longer, because pyarrow keeps this.
    """

    closed = False

    def __init__(self, file: AtomicFile) -> None:
        self._file = file
        self._failure: BaseException | None = None
        self._has_failed = False

    def write(self, data: bytes | memoryview) -> int:
        """Write, unless an earlier write failed."""
        if not self._has_failed:
            try:
                return self._file.write(data)
            except BaseException as failure:
                self._failure, self._has_failed = failure, True
        return len(data)

    def flush(self) -> None:
        """Do nothing: writes are not buffered."""

    def check(self) -> None:
        """Raise what a write failed with."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure


class TableWriter:
    """Write a table of any length atomically, a piece at a time, digesting it on the way."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.digest = TableDigest(schema)
        self._schema = schema
        self._waiting: list[pa.Table] = []
        self._rows = 0
        self._file = AtomicFile(path)
        self._sink = _Sink(self._file)
        try:
            # the first bytes are written at once
            self._writer = pq.ParquetWriter(self._sink, schema, **_settings(schema))
            self._sink.check()
        except BaseException as failure:
            self._file.__exit__(type(failure), failure, None)
            raise

    def append(self, table: pa.Table) -> None:
        """Add rows, in their final order."""
        self.digest.update(table)
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows >= _GROUP:
            self._flush()

    @property
    def sha256(self) -> str:
        """SHA-256 of the file, once closed."""
        return self._file.sha256

    def _give_up(self) -> None:
        """Keep the writer from ending its file later, when it is collected: the file is gone."""
        self._writer.is_open = False

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting), row_group_size=_GROUP)
            self._sink.check()
        self._waiting, self._rows = [], 0

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            try:
                self._flush()
                self._writer.close()
                self._sink.check()
            except BaseException as failure:
                self._give_up()
                self._file.__exit__(type(failure), failure, None)
                raise
        else:
            self._give_up()
        self._file.__exit__(kind, error, trace)
