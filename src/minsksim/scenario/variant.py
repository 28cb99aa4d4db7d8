"""A variant: differences applied to its base, node by node.

``changes`` replaces what exists, ``adds`` brings what does not, ``removes`` takes away; each
is an error where it does not fit, so that a variant never silently stops meaning anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .find import base_of, shown
from .outsiders import KEYS
from .places import Faults, Keys, Positions, dotted, forget, nearest, refuse
from .read import Tree, copy_node, read_tree
from .schema import VariantDocument
from .shape import explain, validate_json

SECTIONS_OF_ITS_OWN = ("format", "title", "question", "based_on", "because")


def is_variant(tree: Tree) -> bool:
    """Whether a file holds differences rather than a whole scenario."""
    return "based_on" in tree.value


def apply_variant(tree: Tree, path: Path) -> tuple[Tree, VariantDocument]:
    """Return the whole scenario that a variant's differences make of its base."""
    faults = Faults(tree.positions, tree.file)
    try:
        variant = validate_json(VariantDocument, tree.value)
    except ValidationError as error:
        explain(error, VariantDocument, tree, faults)
        faults.stop()
        raise
    base_file = base_of(path, variant.based_on)
    if base_file is None:
        refuse(
            faults.place(("based_on",)),
            "based_on",
            "must name a .yaml file in the scenario's own folder. Write ../base.yaml.",
        )
    base = read_tree(base_file, shown(base_file))
    if is_variant(base):
        refuse(
            faults.place(("based_on",)),
            "based_on",
            "names another variant. Name the base file itself.",
        )
    merged = Tree(copy_node(base.value), dict(base.positions), tree.file)
    _Differences(merged, tree.positions, faults).apply(variant)
    faults.stop()
    _drop_unused_sources(merged, base.file)
    merged.value.update(title=variant.title, question=variant.question)
    for name in ("title", "question"):
        merged.positions[(name,)] = faults.place((name,))
    return merged, variant


class _Differences:
    """Applies the three sections of a variant to a tree and collects what does not fit."""

    def __init__(self, tree: Tree, origin: Positions, faults: Faults) -> None:
        self.tree, self.origin, self.faults = tree, origin, faults

    def apply(self, variant: VariantDocument) -> None:
        for index, name in enumerate(variant.removes):
            self._remove(("removes", index), _split(name))
        for name, value in variant.changes.items():
            self._change(("changes", name), _split(name), value)
        for name, value in variant.adds.items():
            self._add(("adds", name), _split(name), value)

    def _change(self, at: Keys, path: Keys, value: Any) -> None:
        parent = self._parent(at, path)
        if parent is None:
            return
        if path[0] in SECTIONS_OF_ITS_OWN:
            self.faults.add(at, f"{path[0]} is written in the variant itself. Remove this line.")
        elif path[-1] not in parent:
            self.faults.add(
                at,
                f"{path[-1]} does not exist in the base. {self._hint(path)} "
                "Use `adds` for what is new.",
            )
        else:
            forget(self.tree.positions, path)
            self._put(at, path, parent, value)

    def _add(self, at: Keys, path: Keys, value: Any) -> None:
        parent = self._parent(at, path, create=True)
        if parent is None:
            return
        old = parent.get(str(path[-1]))
        for place, one in ((path, old), (path[:-1], parent)):
            if _has_several(place) and _is_one(one) and _is_one(value):
                self.faults.add(at, f"there is one already, without a name. {_name_both(place)}")
                return
        if isinstance(old, dict) and isinstance(value, dict):
            for key, inner in value.items():
                self._add((*at, key), (*path, key), inner)
        elif path[-1] in parent:
            self.faults.add(at, "exists already in the base. Use `changes` to replace it.")
        else:
            self._put(at, path, parent, value)

    def _remove(self, at: Keys, path: Keys) -> None:
        parent = self._parent(at, path)
        if parent is None:
            return
        if path[-1] not in parent:
            self.faults.add(
                at, f"{'.'.join(map(str, path))} does not exist in the base. " + self._hint(path)
            )
        else:
            del parent[str(path[-1])]
            forget(self.tree.positions, path)

    def _parent(self, at: Keys, path: Keys, create: bool = False) -> dict[str, Any] | None:
        node: Any = self.tree.value
        for depth, key in enumerate(path[:-1]):
            inner = node.get(key) if isinstance(node, dict) else None
            # An optional section may be missing from the base; anything deeper is a slip.
            if inner is None and create and depth == 0 and isinstance(node, dict):
                inner = node[str(key)] = {}
                self.tree.positions[path[:1]] = self.faults.place(at)
            if not isinstance(inner, dict):
                self.faults.add(at, self._no_section(path[: depth + 1], inner))
                return None
            node = inner
        return node if isinstance(node, dict) else None

    def _no_section(self, path: Keys, found: Any) -> str:
        """Say why nothing can be changed below a place."""
        name = dotted(path)
        if isinstance(found, list):
            return f"{name} is a list. Write the whole of it, under `changes` as {name}."
        if found is not None:
            return f"{name} is one value, with nothing in it. Change {name} itself."
        return f"{name} does not exist in the base. {self._hint(path)}"

    def _put(self, at: Keys, path: Keys, parent: dict[str, Any], value: Any) -> None:
        parent[str(path[-1])] = copy_node(value)
        for place, position in self.origin.items():
            if place[: len(at)] == at:
                self.tree.positions[path + place[len(at) :]] = position

    def _hint(self, path: Keys) -> str:
        node: Any = self.tree.value
        for key in path[:-1]:
            node = node.get(key) if isinstance(node, dict) else None
        return nearest(str(path[-1]), node) if isinstance(node, dict) else ""


def _has_several(path: Keys) -> bool:
    """Return whether one counter-offer or ratifier stands at a path, or several by name."""
    is_ratified = len(path) == 4 and path[2] == "ratification"
    return path[:1] == ("channels",) and (path[2:] == ("counter_offer",) or is_ratified)


def _is_one(value: Any) -> bool:
    """Return whether a value is one of these, not several by name."""
    return isinstance(value, dict) and bool(KEYS & set(value))


def _name_both(path: Keys) -> str:
    """Say how several counter-offers or ratifiers are written."""
    keys = "by, to, through" if path[-1] == "counter_offer" else "by, needs"
    inside = ", ".join(f"{key}: ..." for key in keys.split(", "))
    return (
        f"Write both by `changes` of {dotted(path)}, each under a name of its own: "
        f"{{first: {{{inside}}}, second: {{{inside}}}}}."
    )


def _drop_unused_sources(tree: Tree, base: str) -> None:
    """Drop the base's sources whose last number the variant replaced or removed."""
    sources = tree.value.get("sources")
    if not isinstance(sources, dict):
        return
    used = set(_mentioned(tree.value))
    for key in [key for key in sources if key not in used]:
        if tree.positions[("sources", key)].file == base:
            del sources[key]
            forget(tree.positions, ("sources", key))


def _mentioned(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "source" and isinstance(value, str):
                yield value
            else:
                yield from _mentioned(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mentioned(value)


def _split(name: str) -> Keys:
    return tuple(name.split("."))
