"""Whether a stored result still holds the bytes that were written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from minsksim.errors import ProvenanceError, ResultDamaged, ResultError
from minsksim.experiment.question.ranges import PARTNERS
from minsksim.experiment.storage.files import check_folder, read_file
from minsksim.experiment.storage.journal import JOURNAL, Entry, check_entries, read_journal
from minsksim.experiment.storage.manifest import Manifest, parse_manifest, version_of
from minsksim.experiment.storage.own_files import MANIFEST, SHARDS
from minsksim.experiment.storage.parquet import decode, read_checked
from minsksim.experiment.storage.pictures import drawn, picture_damage
from minsksim.experiment.storage.store import bad_files
from minsksim.text import shown_in_line


class Record(NamedTuple):
    """What a finished result says about itself."""

    manifest: Manifest
    end: Entry
    blocks: tuple[Entry, ...]
    torn: int
    figures: str | None


def read_record(folder: Path) -> Record:
    """Read manifest and journal of a finished result.

    Raises
    ------
    ResultError
        There is no result, or it is not finished.
    ResultDamaged
        Manifest or journal are not those that were written.
    ProvenanceError
        Another version wrote it in another form.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise ResultError(f"{folder}: no result here (no manifest.json).")
    journal = folder / JOURNAL
    reading = read_journal(journal)
    check_entries(reading.entries, journal)
    found: dict[str, Any] = {one["kind"]: one for one in reading.entries}
    data = read_file(path)
    if "begin" in found and hashlib.sha256(data).hexdigest() != found["begin"]["manifest"]:
        raise ResultDamaged(
            f"{path}: damaged, its bytes are not those that were written. "
            "Run the same sweep again to restore it."
        )
    manifest = parse_manifest(data, path)
    if "end" not in found and reading.torn:
        raise ResultDamaged(
            f"{journal}: its last line is damaged. Run the same sweep again to go on."
        )
    if "end" not in found:
        raise ResultError(f"{folder}: not finished. Run the same sweep again to go on.")
    _check_end(found["end"], manifest, journal)
    blocks = {one["key"]: one for one in reading.entries if one["kind"] == "block"}
    return Record(
        manifest, found["end"], tuple(blocks.values()), reading.torn, drawn(reading.entries)
    )


def _check_end(end: Entry, manifest: Manifest, journal: Path) -> None:
    """Refuse the end of a sweep that another version recorded otherwise."""
    if not all(isinstance(end.get(name), int) for name in ("runs", "failed", "rounds")):
        raise ProvenanceError(
            f"{journal}: written by {version_of(manifest)} in another form. Use that version."
        )


def find_damage(folder: Path) -> tuple[str, ...]:
    """Return a sentence for each part of a finished result that is not as it was written.

    The other half of its answer, which lies inside it, is looked at, too.
    """
    record = read_record(folder)
    found = [f"{folder / JOURNAL}: ends in an unfinished line"] if record.torn else []
    if folder.resolve().name != record.manifest["id"] and not _is_partner(folder):
        found.append(f"{folder}: holds the result {record.manifest['id']}")
    check_folder(folder / SHARDS)
    for block in record.blocks:
        found += _bad(folder / SHARDS, block["files"])
    found += _bad(folder, record.end["files"])
    found += picture_damage(folder, record.figures)
    for name in PARTNERS:
        if (folder / name / MANIFEST).is_file():
            found += _damage_inside(folder / name)
    # a name in a journal, or of a folder, could else end a line and forge the next
    return tuple(map(shown_in_line, found))


def _damage_inside(folder: Path) -> list[str]:
    try:
        return list(find_damage(folder))
    except ResultDamaged as error:
        return [str(error)]
    except ResultError:  # begun, and not finished
        return []


def _is_partner(folder: Path) -> bool:
    """Whether a result lies inside the one whose other half it is."""
    return folder.resolve().name in PARTNERS and (folder.resolve().parent / MANIFEST).is_file()


def _bad(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Check hashes, and where they hold the checksums of a table's pages."""
    found = bad_files(folder, files)
    for name, sha256 in files.items():
        path = folder / name
        if path.suffix == ".parquet" and not any(str(path) in sentence for sentence in found):
            try:
                decode(read_checked(path, sha256), path)
            except ResultDamaged as error:
                found.append(str(error))
    return found
