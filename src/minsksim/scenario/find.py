"""Where scenario files are: shipped names, variants, and the folder a file may refer into.

A scenario's home is the folder with its base file; variants lie in ``variants/`` below it. A
file can name another only inside its home, whatever links or dots its text contains.
"""

from __future__ import annotations

import os
import re
from functools import cache
from io import BytesIO
from pathlib import Path

from minsksim.errors import ScenarioError

from .places import clip, nearest

BASE = "base.yaml"
VARIANTS = "variants"
BIBLIOGRAPHY = "sources.bib"
POSITIONS = "positions.csv"
"""The table of a case, which has no base file."""

_SHIPPED = re.compile(r"[a-z][a-z0-9_]{0,47}(/[a-z][a-z0-9_]{0,47})?")
_BASED_ON = re.compile(r"(\.\./)?[a-z][a-z0-9_]{0,47}\.yaml")


@cache
def shipped_folder(name: str) -> Path:
    """Return a folder that travels with minsksim: in the package, or in the repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / f"_{name}"
    return installed if installed.is_dir() else package.parents[1] / name


@cache
def shipped_root() -> Path:
    """Return the folder of the shipped scenarios."""
    return shipped_folder("scenarios")


def locate(reference: str | Path) -> Path:
    """Return the file of a shipped scenario, of a shipped variant, or of a path ending in .yaml."""
    text = os.fspath(reference)
    if isinstance(reference, str) and _SHIPPED.fullmatch(text):
        return _shipped(text)
    if text.endswith((".yaml", ".yml")):
        path = Path(text)
        if _is_file(path):
            return path
        raise ScenarioError(f"{clip(text, 200)}: no such file. Check the path.")
    raise ScenarioError(
        f"{clip(text, 200)}: is neither the name of a shipped scenario nor a .yaml file. "
        + nearest(clip(text, 100), shipped_names())
    )


_BASE_OF = re.compile(rb"^based_on:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


def variants_beside(path: Path) -> dict[str, str]:
    """Return what names each variant of a base file, by short name, in the order of their names.

    They lie in ``variants/`` beside it, or beside it, and say that they are based on it.
    """
    found = {}
    places = (path.parent / VARIANTS, path.parent)
    for file in [file for place in places for file in sorted(place.glob("*.yaml"))]:
        based_on = _BASE_OF.search(_beginning(file))
        if based_on is None or file.stem in found:
            continue
        if base_of(file, based_on[1].decode("ascii", "replace")) == path.resolve():
            is_shipped = path.resolve().is_relative_to(shipped_root().resolve())
            found[file.stem] = name_of(file) if is_shipped else str(file)
    return found


def _beginning(file: Path) -> bytes:
    """Return the first bytes of a regular file; of anything else none."""
    try:
        with file.open("rb") if file.is_file() else BytesIO() as opened:
            return opened.read(1 << 16)
    except OSError:
        return b""


def shipped_names() -> tuple[str, ...]:
    """Return the names of all shipped scenarios and variants, each base before its variants."""
    names: list[str] = []
    root = shipped_root()
    for base in sorted(root.glob(f"*/{BASE}")):
        names.append(base.parent.name)
        names += [
            f"{base.parent.name}/{file.stem}"
            for file in sorted((base.parent / VARIANTS).glob("*.yaml"))
        ]
    return tuple(names)


def shipped_cases() -> tuple[str, ...]:
    """Return the names of the tables of positions that come with the package."""
    return tuple(sorted(file.parent.name for file in shipped_root().glob(f"*/{POSITIONS}")))


def ratifier_of(path: Path) -> Path:
    """Return the folder that a scenario file may refer into."""
    folder = path.parent.resolve()
    return folder.parent if folder.name == VARIANTS else folder


def name_of(path: Path) -> str:
    """Return the short name of a scenario file, such as ``minsk`` or ``minsk/snapback``."""
    home = ratifier_of(path)
    if path.parent.resolve() != home:
        return f"{home.name}/{path.stem}"
    return home.name if path.name == BASE else path.stem


def base_of(path: Path, based_on: str) -> Path | None:
    """Return the base file that a variant names, or None if that lies outside its home."""
    home = ratifier_of(path)
    if not _BASED_ON.fullmatch(based_on):
        return None
    if based_on.startswith("../") and path.parent.resolve() == home:
        return None
    target = (path.parent.resolve() / based_on).resolve()
    return target if target.parent == home else None


def bibliography_of(path: Path) -> Path | None:
    """Return the nearest ``sources.bib``: at home, or up to the root of the scenarios."""
    home = ratifier_of(path)
    folders = [home]
    for parent in home.parents[:2]:
        if any(part.name in ("scenarios", "_scenarios") for part in (parent, *parent.parents[:1])):
            folders.append(parent)
    for folder in folders:
        file = folder / BIBLIOGRAPHY
        if file.is_file() and file.resolve().parent == folder:
            return file
    return None


def shown(path: Path) -> str:
    """Return the path as messages show it: relative to the working folder when inside it."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (OSError, ValueError):
        return clip(path.as_posix(), 200)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False


def _shipped(name: str) -> Path:
    scenario, _, variant = name.partition("/")
    folder = shipped_root() / scenario
    path = folder / VARIANTS / f"{variant}.yaml" if variant else folder / BASE
    if not variant and (folder / POSITIONS).is_file():
        raise ScenarioError(
            f"{name}: is a table of positions, not a scenario. Use 'minsksim bench {name}'."
        )
    if not path.is_file():
        raise ScenarioError(
            f"{name}: no shipped scenario has this name. " + nearest(name, shipped_names())
        )
    return path
