"""The figures of a result on disk: written whole or not at all, and known by their hashes.

``figures/index.json`` is written last and lists every figure with its SHA-256, its title and what
to read in it, and ``index.html`` shows them; the journal records the index's own hash. A figure
that no index lists, from an older version or a drawing that was broken off, is checked by the
checksums that every PNG holds.
"""

from __future__ import annotations

import hashlib
import html
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from minsksim.errors import MinsksimError, ResultDamaged
from minsksim.experiment.storage.files import check_folder, make_folder, read_file, write_file
from minsksim.experiment.storage.journal import JOURNAL, Entry, Journal
from minsksim.notice import NOTICE, NOTICE_KEY

FIGURES, INDEX, PAGE = "figures", "index.json", "index.html"
_CURE = "'minsksim plot' draws the figures again"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SUFFIXES = (".png", ".svg", ".pdf")
HEADS = {".png": _SIGNATURE, ".svg": b"<?xml", ".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>"}
"""How the files of a folder of figures begin, by the end of their names."""


class Picture(NamedTuple):
    """A figure as it is written.

    ``title`` is what it finds, ``reads`` what a reader finds in it.
    """

    data: bytes
    title: str
    reads: str


def write_pictures(
    folder: Path, pictures: Mapping[str, Picture], *, is_whole_set: bool = False
) -> list[Path]:
    """Write figures into a result's folder, then the page and the index that list them.

    Parameters
    ----------
    folder : Path
        Of the result; whoever calls holds its lock.
    pictures : mapping of str to Picture
        By name of the file.
    is_whole_set : bool
        They take the place of the set that was written before: a figure of that set that is no
        longer in it goes. Figures that were added one by one stay.

    Returns
    -------
    list of Path
        The figures, in the order given.
    """
    place = folder / FIGURES
    check_folder(place)
    make_folder(place)
    hashes, told = _before(place)
    gone = [name for name in told if told[name]["set"] and name not in pictures and is_whole_set]
    for name in gone:
        del hashes[name], told[name]
    for name, picture in pictures.items():
        hashes[name] = write_file(place / name, picture.data)
        told[name] = {"title": picture.title, "reads": picture.reads, "set": is_whole_set}
    first = [*pictures, *(name for name in told if name not in pictures)] if is_whole_set else told
    told = {name: told[name] for name in first}
    hashes = {name: hashes[name] for name in told}
    hashes[PAGE] = write_file(place / PAGE, _page(told).encode())
    index = json.dumps({"notice": NOTICE, "figures": hashes, "told": told}, indent=1) + "\n"
    sha256 = write_file(place / INDEX, index.encode())
    journal = Journal(folder / JOURNAL)
    try:
        if drawn(journal.entries) != sha256:
            journal.append({"kind": "figures", "index": sha256, "files": {}})
    finally:
        journal.close()
    for name in gone:  # last, so that no index ever lists what is not there
        (place / name).unlink()
    return [place / name for name in pictures]


def _before(place: Path) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Return hashes and words of the figures written before that are still as they were."""
    listed, told = _listed(place / INDEX) or {}, _told(place / INDEX)
    hashes = {
        name: sha256
        for name, sha256 in listed.items()
        if name != PAGE and not _problem(place / name, sha256)
    }
    nothing = {"title": "", "reads": "", "set": True}
    return hashes, {name: told.get(name, {**nothing, "title": name}) for name in hashes}


def _told(index: Path) -> dict[str, dict[str, Any]]:
    """Return what an index tells of its figures; one of an older version tells nothing."""
    try:
        told = json.loads(read_file(index))["told"]
        return {
            name: {"title": str(one["title"]), "reads": str(one["reads"]), "set": bool(one["set"])}
            for name, one in told.items()
        }
    except (MinsksimError, OSError, LookupError, TypeError, ValueError, AttributeError):
        return {}


def _page(told: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a page that shows every figure under its title, for a browser."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><meta charset="utf-8"><title>Figures</title>',
        f'<meta name="{NOTICE_KEY}" content="{html.escape(NOTICE)}">',
        "<style>body{font:16px/1.4 sans-serif;max-width:1100px;margin:2em auto;padding:0 1em}"
        "img{width:100%;border:1px solid #ddd}h2{margin:2em 0 .2em;font-size:1.1em}"
        "p{margin:.2em 0 .6em;color:#555}</style>",
        "<h1>Figures</h1>",
    ]
    for name, one in told.items():
        link, title = quote(name), html.escape(one["title"])
        reads = html.escape(f"{name}: {one['reads']}" if one["reads"] else name)
        parts.append(f'<h2>{title}</h2><p><a href="{link}">{reads}</a></p>')
        if not name.endswith(".pdf"):
            parts.append(f'<img src="{link}" alt="{title}">')
    return "\n".join([*parts, f"<p>{html.escape(NOTICE)}</p></html>"]) + "\n"


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


def is_picture_name(name: str) -> bool:
    """Whether minsksim gives such a name to a figure, to their index or to their page."""
    return name in (INDEX, PAGE) or Path(name).suffix in _SUFFIXES


def is_our_picture(path: Path) -> bool:
    """Whether a file of the folder of figures is one that minsksim wrote, or their index."""
    if path.name == INDEX:
        return bool(_listed(path))
    data = read_file(path)
    if path.suffix == ".png":
        return NOTICE_KEY.encode() in {
            content.split(b"\0")[0] for kind, content in _chunks(data) if kind == b"tEXt"
        }
    return data.startswith(HEADS[path.suffix]) and NOTICE.encode() in data


def _listed(index: Path) -> dict[str, str] | None:
    """Return the hashes in an index; none without an index, None if it is not one of ours."""
    if not index.exists() and not index.is_symlink():
        return {}
    try:
        document = json.loads(read_file(index))
        listed = document["figures"]
        plain = all(
            isinstance(sha256, str)
            and name == Path(name).name
            and name != INDEX
            and is_picture_name(name)
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
