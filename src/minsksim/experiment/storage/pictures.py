"""The figures of a result on disk: written whole or not at all, and known by their hashes.

``figures/index.json`` is written last and lists every figure with its SHA-256; the journal records
its own. A figure that no index lists, from an older version or a drawing that was broken off, is
checked by the checksums that every PNG holds.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from minsksim.errors import MinsksimError, ResultDamaged
from minsksim.experiment.storage.files import check_folder, make_folder, read_file, write_file
from minsksim.experiment.storage.journal import JOURNAL, Entry, Journal
from minsksim.notice import NOTICE, NOTICE_KEY

FIGURES, INDEX = "figures", "index.json"
_CURE = "'minsksim plot' draws the figures again"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write_pictures(folder: Path, pictures: Mapping[str, bytes]) -> list[Path]:
    """Write figures into a result's folder, then the index that lists them.

    Parameters
    ----------
    folder : Path
        Of the result; whoever calls holds its lock.
    pictures : mapping of str to bytes
        PNG files by name.

    Returns
    -------
    list of Path
        The figures, in the order given.
    """
    place = folder / FIGURES
    check_folder(place)
    make_folder(place)
    hashes = {name: write_file(place / name, data) for name, data in pictures.items()}
    index = json.dumps({"notice": NOTICE, "figures": hashes}, indent=1) + "\n"
    sha256 = write_file(place / INDEX, index.encode())
    journal = Journal(folder / JOURNAL)
    try:
        if drawn(journal.entries) != sha256:
            journal.append({"kind": "figures", "index": sha256, "files": {}})
    finally:
        journal.close()
    return [place / name for name in pictures]


def drawn(entries: Iterable[Entry]) -> str | None:
    """Return the hash of the index of figures that a journal recorded last, if any."""
    found = [entry["index"] for entry in entries if entry["kind"] == "figures"]
    return str(found[-1]) if found else None


def picture_damage(folder: Path, sha256: str | None) -> list[str]:
    """Return a sentence for each figure of a result that is not as it was written.

    ``sha256`` is the hash of the index that the journal recorded, if figures were drawn.
    """
    place = folder / FIGURES
    if not place.exists() and not place.is_symlink():
        return [f"{place}: missing; {_CURE}"] if sha256 else []
    check_folder(place)
    index = place / INDEX
    if sha256 and (problem := _problem(index, sha256)):
        return [f"{index}: {problem}; {_CURE}"]
    listed = _listed(index)
    if listed is None:
        return [f"{index}: not the list of figures that was written; {_CURE}"]
    found = []
    for name, sha256 in listed.items():
        problem = _problem(place / name, sha256)
        if problem:
            found.append(f"{place / name}: {problem}; {_CURE}")
    for path in sorted(place.glob("*.png")):
        if path.name not in listed and not _is_whole(path):
            found.append(f"{path}: not a whole figure; {_CURE}")
    return found


def is_our_picture(path: Path) -> bool:
    """Whether a file of the folder of figures is one that minsksim wrote, or their index."""
    if path.name == INDEX:
        return bool(_listed(path))
    keys = {data.split(b"\0")[0] for kind, data in _chunks(read_file(path)) if kind == b"tEXt"}
    return NOTICE_KEY.encode() in keys


def _listed(index: Path) -> dict[str, str] | None:
    """Return the hashes in an index; none without an index, None if it is not one of ours."""
    if not index.exists() and not index.is_symlink():
        return {}
    try:
        document = json.loads(read_file(index))
        listed = document["figures"]
        plain = all(
            isinstance(sha256, str) and name == Path(name).name and name.endswith(".png")
            for name, sha256 in listed.items()
        )
    except (MinsksimError, OSError, LookupError, TypeError, ValueError, AttributeError):
        return None
    return dict(listed) if plain and document.get("notice") == NOTICE else None


def _problem(path: Path, sha256: str) -> str:
    try:
        data = read_file(path)
    except FileNotFoundError:
        return "missing"
    except (ResultDamaged, OSError):
        return "not a regular file"
    if hashlib.sha256(data).hexdigest() != sha256:
        return "damaged, its bytes are not those that were written"
    return ""


def _is_whole(path: Path) -> bool:
    try:
        kinds = [kind for kind, _ in _chunks(read_file(path))]
    except (ResultDamaged, OSError):
        return False
    return kinds[-1:] == [b"IEND"]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of the chunks of a PNG up to the first that is not whole."""
    place = len(_SIGNATURE)
    while data.startswith(_SIGNATURE) and place + 12 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        body = data[place + 4 : place + 8 + size]
        checksum = data[place + 8 + size : place + 12 + size]
        if zlib.crc32(body).to_bytes(4, "big") != checksum:
            return
        yield body[:4], body[4:]
        place += 12 + size
