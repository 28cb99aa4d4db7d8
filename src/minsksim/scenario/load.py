"""From a name or a file to a checked, frozen scenario.

The stages: find the file, read it strictly, apply a variant's differences and the settings,
validate the form, check what needs the whole document, freeze. Each stage reports all of its
faults together; the next stage begins only when there are none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from .checks import check_document
from .dump import to_plain
from .find import bibliography_of, locate, name_of, shown
from .numbers import walk_numbers
from .places import Faults, Position, dotted
from .provenance import Entry, read_bibliography
from .read import Tree, read_tree
from .schema import Document, Number
from .settings import Settings, apply_settings
from .shape import explain, validate_json
from .variant import apply_variant, is_variant


@dataclass(frozen=True)
class Scenario:
    """A checked scenario: what the file says, and where it says it."""

    name: str
    document: Document
    path: Path
    variant_of: str | None
    because: str | None
    numbers: Mapping[str, Number]
    """Dotted name to number, in the order of the document."""
    positions: Mapping[str, Position]
    """Dotted name to the place where it is written."""
    bibliography: Mapping[str, Entry]
    digest: str
    """SHA-256 of the document's canonical JSON; the order of mappings counts."""
    notes: tuple[str, ...] = ()


def load_scenario(reference: str | Path, settings: Settings = ()) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    reference
        The name of a shipped scenario (``"minsk"``), of a variant (``"minsk/direct_line"``),
        or a path to a ``.yaml`` file.
    settings
        Dotted names and the values they take instead of those in the file.

    Returns
    -------
    Scenario
        Frozen; equal inputs give equal digests.

    Raises
    ------
    ScenarioError
        For anything wrong with the file; one line a fault, each with its place and a fix.
    """
    path = locate(reference)
    tree = read_tree(path, shown(path))
    variant_of = because = None
    if is_variant(tree):
        tree, variant = apply_variant(tree, path)
        variant_of, because = name_of(path.parent / variant.based_on), variant.because
    tree, notes = apply_settings(tree, settings)
    faults = Faults(tree.positions, tree.file)
    document = validated(tree, faults)
    bibliography = read_bibliography(bibliography_of(path))
    check_document(document, bibliography, faults)
    faults.stop()
    return Scenario(
        name=name_of(path),
        document=document,
        path=path,
        variant_of=variant_of,
        because=because,
        numbers=MappingProxyType(
            {dotted(place): number for place, number in walk_numbers(document)}
        ),
        positions=MappingProxyType(
            {dotted(place): position for place, position in tree.positions.items()}
        ),
        bibliography=MappingProxyType(dict(bibliography)),
        digest=digest_of(document),
        notes=tuple(notes),
    )


def digest_of(document: Document) -> str:
    """Return the SHA-256 of a document, the same for every spelling of the same content."""
    text = json.dumps(to_plain(document), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def validated(tree: Tree, faults: Faults) -> Document:
    """Return the document of a tree whose form is right, or raise with every fault of it."""
    try:
        return validate_json(Document, tree.value)
    except ValidationError as error:
        explain(error, Document, tree, faults)
        faults.stop()
        raise
