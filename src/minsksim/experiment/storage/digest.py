"""Digests over what a table says, not over the bytes of its file.

A file's bytes change with the version of its writer; the digest of a table's columns does not,
nor does it depend on how rows were grouped. Floats are hashed as little-endian float64 with one
NaN for everything missing, whole numbers as int64, texts as UTF-8 lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa


class TableDigest:
    """Feed tables of one schema in order; the result ignores where one ends."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._columns = [hashlib.sha256() for _ in schema]
        self.rows = 0

    def update(self, table: pa.Table) -> None:
        """Add the rows of a table."""
        for digest, field in zip(self._columns, self._schema, strict=True):
            digest.update(_canonical(table.column(field.name), field.type))
        self.rows += table.num_rows

    def hexdigest(self) -> str:
        """Return the SHA-256 over names, kinds and columns."""
        total = hashlib.sha256()
        for digest, field in zip(self._columns, self._schema, strict=True):
            head = json.dumps([field.name, _kind(field.type), self.rows])
            total.update(head.encode() + digest.digest())
        return total.hexdigest()


def combined(digests: Mapping[str, str]) -> str:
    """Return one digest for several named ones, in the order of names."""
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()


def _kind(type_: pa.DataType) -> str:
    if pa.types.is_floating(type_):
        return "float"
    if pa.types.is_string(type_):
        return "text"
    return "whole"


def _canonical(column: pa.ChunkedArray, type_: pa.DataType) -> bytes:
    kind = _kind(type_)
    if kind == "text":
        return _lines(column)
    if kind == "float":
        # to_numpy turns nulls into NaN; one NaN for all of them
        floats = column.to_numpy().astype("<f8")
        floats[np.isnan(floats)] = np.nan
        return bytes(floats.tobytes())
    if pa.types.is_date(type_):
        column = column.cast(pa.int32())
    whole = column.cast(pa.int64()).fill_null(np.iinfo(np.int64).min)
    return bytes(whole.to_numpy().astype("<i8").tobytes())


def _lines(column: pa.ChunkedArray) -> bytes:
    """Return each text as a line of JSON, spelling every distinct text only once."""
    coded = column.combine_chunks().dictionary_encode()
    lines = [json.dumps(text) + "\n" for text in coded.dictionary.to_pylist()]
    lines.append("\0\n")
    places = coded.indices.fill_null(len(lines) - 1).to_pylist()
    return "".join(map(lines.__getitem__, places)).encode()
