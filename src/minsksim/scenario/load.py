"""From a name or a file to a checked, frozen scenario.

The stages: find the file, read it strictly, apply a variant's differences and the settings,
validate the form, check what needs the whole document, freeze. Each stage reports all of its
faults together; the next stage begins only when there are none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from minsksim.alike import several
from minsksim.errors import ScenarioError, UsageError
from minsksim.frozen import FrozenMap
from minsksim.showing import html

from .checks import check_document
from .checks.numbers import check_numbers
from .checks.relations import all_relations, check_relations
from .dump import to_plain
from .find import bibliography_of, locate, name_of, shipped_names, shown, variants_beside
from .numbers import walk_numbers
from .places import Faults, Position, clip, dotted, nearest
from .provenance import Entry, read_bibliography
from .read import Tree, read_tree
from .schema import Document, Number
from .settings import Settings, apply_settings, names_of
from .shape import explain, validate_json
from .variant import apply_variant, is_variant
from .weights import notes_on_weights


@dataclass(frozen=True, repr=False)
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

    def __post_init__(self) -> None:
        """Refuse a document or numbers that were exchanged after they were checked."""
        numbers = {dotted(place): number for place, number in walk_numbers(self.document)}
        if digest_of(self.document) != self.digest or numbers != dict(self.numbers):
            raise UsageError(
                f"Scenario {self.name}: its document and numbers are not those of its digest. To "
                "change a number, use load_scenario(name, settings) or a variant."
            )

    def __repr__(self) -> str:
        parts = f"{len(self.document.actors)} actors, {len(self.document.levers)} levers"
        return f"<Scenario {self.name}: {parts}, {self.document.calendar.turns} turns>"

    def _repr_html_(self) -> str:
        return html(self)

    def __deepcopy__(self, memo: object) -> Scenario:
        """Return itself: nothing in it changes, so copies of a model can share it."""
        return self


Given: TypeAlias = Scenario | str | Path
"""What names a scenario, or is it."""


def load_scenario(reference: str | Path, settings: Settings = ()) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    reference
        The name of a shipped scenario (``"minsk"``), of a variant (``"minsk/snapback"``),
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
    plain = tree.value
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
        numbers=FrozenMap({dotted(place): number for place, number in walk_numbers(document)}),
        positions=FrozenMap(
            {dotted(place): position for place, position in tree.positions.items()}
        ),
        bibliography=FrozenMap(dict(bibliography)),
        digest=digest_of(document),
        notes=(*notes, *notes_on_weights(plain, document, names_of(settings))),
    )


def take_scenario(given: Given) -> Scenario:
    """Return a scenario from what names it, or is it already.

    Parameters
    ----------
    given : Scenario, str or Path
        A scenario, the name of a shipped one, or a file.

    Raises
    ------
    UsageError
        It is none of these.

    Examples
    --------
    >>> take_scenario("split_the_pie").name
    'split_the_pie'
    """
    if isinstance(given, str | Path):
        return load_scenario(given)
    if isinstance(given, Scenario):
        return given
    raise UsageError(
        f"{type(given).__name__} given for a scenario: use a Scenario, a name or a path."
    )


def take_scenarios(given: Given | Iterable[Given]) -> tuple[Scenario, ...]:
    """Return one or several scenarios from what ``take_scenario`` takes, in their order."""
    return tuple(take_scenario(one) for one in several(given))


def take_variants(base: Scenario, given: Given | Iterable[Given]) -> tuple[Scenario, ...]:
    """Return variants of a base, each of which may be named by the last part of its name.

    Examples
    --------
    >>> [one.name for one in take_variants(take_scenario("minsk"), "snapback")]
    ['minsk/snapback']
    """
    return take_scenarios(
        variant_named(base, one) if isinstance(one, str) else one for one in several(given)
    )


def variant_named(base: Scenario, name: str) -> str:
    """Return the reference of a variant: of one beside the base by its short name, else the name.

    Raises
    ------
    ScenarioError
        It is no name of any, while the base has some.
    """
    own = variants_beside(base.path)
    if name in own or not own or re.fullmatch(r"[a-z0-9_]+", name) is None:
        return own.get(name, name)
    if name in shipped_names():
        return name
    raise ScenarioError(f"{clip(name)}: {base.name} has no such variant. {nearest(name, own)}")


def check_numbers_of(scenario: Scenario) -> None:
    """Refuse numbers that a file could not have, in a scenario that was not read from one.

    Raises
    ------
    ScenarioError
    """
    faults = Faults({}, scenario.name)
    check_numbers(scenario.document, faults)
    check_relations(all_relations(scenario.document), faults)
    faults.stop()


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
