"""The journal: one line for each thing that is done, and a proof that the line is whole.

A line is JSON with the length and the CRC-32 of its entry. A torn last line, which a kill or a
full disk leaves, is dropped; damage before a whole line is an error, because then something
other than this program wrote here. Entries are numbered, so that a missing line shows too.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from minsksim.errors import ResultDamaged
from minsksim.experiment.storage.files import open_own, read_file, storage_errors, write_all

JOURNAL = "journal.jsonl"
"""Its name in the folder of a result."""

Entry = dict[str, Any]
_LINE = re.compile(rb'\{"length":(\d{1,9}),"crc32":"([0-9a-f]{8})","entry":(.*)\}', re.DOTALL)


class Reading(NamedTuple):
    """The whole entries, the bytes they take, and the bytes of a torn tail after them."""

    entries: tuple[Entry, ...]
    size: int
    torn: int


def line_of(entry: Mapping[str, Any]) -> bytes:
    """Return the line that records an entry."""
    body = json.dumps(entry, separators=(",", ":"), sort_keys=True).encode()
    return b'{"length":%d,"crc32":"%08x","entry":%s}\n' % (len(body), zlib.crc32(body), body)


def read_journal(path: Path) -> Reading:
    """Read a journal up to its last whole line.

    Raises
    ------
    ResultDamaged
        A line before the last whole one is damaged or missing.
    """
    try:
        data = read_file(path)
    except FileNotFoundError:
        data = b""
    entries: list[Entry] = []
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        entry = _entry(data[start:end])
        if entry is None:
            break
        if entry.get("n") != len(entries):
            raise ResultDamaged(f"{path}: line {len(entries) + 1} is not the next entry. {_CURE}")
        entries.append(entry)
        start = end + 1
    tail = data[start:]
    if any(_entry(line) is not None for line in tail.split(b"\n")[1:]):
        raise ResultDamaged(f"{path}: line {len(entries) + 1} is damaged. {_CURE}")
    return Reading(tuple(entries), start, len(tail))


def check_entries(entries: Iterable[Entry], path: Path) -> None:
    """Refuse entries that no version wrote: a checksum is no proof of who made a line.

    Raises
    ------
    ResultDamaged
        Naming the line.
    """
    for number, entry in enumerate(entries, start=1):
        if not _has_form(entry):
            raise ResultDamaged(f"{path}: line {number} is not an entry of a journal. {_CURE}")


def _has_form(entry: Entry) -> bool:
    kind, files = entry.get("kind"), entry.get("files", {})
    texts = {
        "begin": ("manifest",),
        "block": ("key",),
        "end": ("results_digest",),
        "figures": ("index",),
    }
    return (
        isinstance(kind, str)
        and all(isinstance(entry.get(name), str) for name in texts.get(kind, ()))
        and isinstance(files, dict)
        and all(isinstance(sha256, str) for sha256 in files.values())
        and ("files" in entry or kind == "begin")
    )


class Journal:
    """An open journal; ``append`` returns when the entry would survive the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        reading = read_journal(path)
        self.entries = list(reading.entries)
        self.torn = reading.torn
        self._descriptor = open_own(path, os.O_RDWR | os.O_CREAT)
        with storage_errors(path):
            self._size = reading.size
            self._truncate()

    def append(self, entry: Mapping[str, Any]) -> None:
        """Write one entry and wait for the disk."""
        numbered = {**entry, "n": len(self.entries)}
        line = line_of(numbered)
        try:
            with storage_errors(self.path, len(line)):
                write_all(self._descriptor, line)
                os.fsync(self._descriptor)
        except BaseException:
            self._truncate()
            raise
        self._size += len(line)
        self.entries.append(numbered)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def _truncate(self) -> None:
        os.ftruncate(self._descriptor, self._size)
        os.lseek(self._descriptor, self._size, os.SEEK_SET)


_CURE = "Move the folder away and run the same command again."


def _entry(line: bytes) -> Entry | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    length, checksum, body = match.groups()
    if len(body) != int(length) or zlib.crc32(body) != int(checksum, 16):
        return None
    try:
        entry = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None
