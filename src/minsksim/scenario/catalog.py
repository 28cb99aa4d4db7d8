"""The shipped scenarios, as `minsksim list` shows them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .find import BASE, VARIANTS, shipped_cases, shipped_root, shown
from .read import read_tree


@dataclass(frozen=True)
class CatalogEntry:
    """A shipped scenario or variant, with what a reader needs to choose it."""

    name: str
    title: str
    question: str
    because: str = ""
    variants: tuple[CatalogEntry, ...] = ()


def list_scenarios() -> tuple[CatalogEntry, ...]:
    """Return the shipped scenarios by name, each with its variants."""
    entries = []
    for base in sorted(shipped_root().glob(f"*/{BASE}")):
        name = base.parent.name
        variants = tuple(
            _entry(f"{name}/{file.stem}", file)
            for file in sorted((base.parent / VARIANTS).glob("*.yaml"))
        )
        entries.append(_entry(name, base, variants))
    return tuple(entries)


def list_cases() -> tuple[CatalogEntry, ...]:
    """Return the shipped tables of positions by name, for ``minsksim bench``."""
    from .case_tables import read_case  # numpy, which loading a scenario does not need

    found = []
    for name in shipped_cases():
        case = read_case(shipped_root() / name)
        found.append(CatalogEntry(name, case.title, case.question))
    return tuple(found)


def _entry(name: str, file: Path, variants: tuple[CatalogEntry, ...] = ()) -> CatalogEntry:
    head = read_tree(file, shown(file)).value
    return CatalogEntry(
        name=name,
        title=str(head.get("title", "")),
        question=str(head.get("question", "")),
        because=str(head.get("because", "")),
        variants=variants,
    )
