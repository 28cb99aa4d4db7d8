"""Values set from outside the file: ``--set name=value`` on the command line, or a mapping.

A number keeps its source and range. A value outside the range is allowed, because a user may
ask anything, but it widens the range and is noted in the scenario.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from minsksim.errors import ScenarioError

from .places import Keys, Position, dotted, forget, nearest, nearest_number
from .read import Tree, copy_node, parse_value
from .scalars import Node
from .schema import Document

Setting = str | float | bool
Settings = Mapping[str, Setting] | Sequence[tuple[str, Setting]]

_LONGEST = 1000


def apply_settings(tree: Tree, settings: Settings, place: str = "--set") -> tuple[Tree, list[str]]:
    """Return the tree with every setting applied, and a note for each that stands out.

    ``place`` is where the settings come from, for messages.
    """
    pairs = list(settings.items() if isinstance(settings, Mapping) else settings)
    if not pairs:
        return tree, []
    value = copy_node(tree.value)
    positions = dict(tree.positions)
    notes: list[str] = []
    for name, given in pairs:
        path = tuple(str(name)[:200].split("."))
        _set(value, path, _parsed(name, given), notes)
        forget(positions, path)
        positions[path] = Position(place)
    return Tree(value, positions, tree.file), notes


def names_of(settings: Settings) -> list[str]:
    """Return the dotted names that settings give a value."""
    return [name for name, _ in (settings.items() if isinstance(settings, Mapping) else settings)]


def _set(tree: dict[str, Any], path: Keys, given: Node, notes: list[str]) -> None:
    parent: Any = tree
    if path[0] not in Document.model_fields:
        _unknown(path, f"no number has this name. {_meant(tree, path)}")
    for depth, key in enumerate(path[:-1]):
        known = parent if isinstance(parent, dict) else {}
        if isinstance(known.get(key), list):
            name = dotted(path[: depth + 1])
            _unknown(path, f"{name} is a list. Set the whole of it, as in {name}='[0, 1]'.")
        if not isinstance(known.get(key), dict):
            _unknown(
                path, f"{dotted(path[: depth + 1])} does not exist. " + nearest(str(key), known)
            )
        parent = known[key]
    if path[0] in ("format", "sources"):
        _unknown(path, "cannot be set. Write a variant instead.")
    _refuse_contents(path, parent)
    old = parent.get(path[-1])
    is_value = isinstance(old, dict) and "value" in old
    if isinstance(old, dict) and not is_value and not isinstance(given, dict):
        _unknown(path, f"is made of several numbers. {_meant(tree, path)}")
    if not is_value:
        parent[str(path[-1])] = given
        if path[0] == "channels" and path[-1] == "protocol" and given != "alternating_offers":
            for key in ("rounds", "breakdown"):
                if parent.pop(key, None) is not None:
                    notes.append(f"{dotted(path)} = {given}: the channel's {key} was dropped.")
        if path[0] == "levers" and path[-1] == "secret" and given is False and "leak" in parent:
            del parent["leak"]
            notes.append(f"{dotted(path)} = false: the lever's leak was dropped with it.")
        return
    if isinstance(given, dict):
        parent[str(path[-1])] = given
        return
    if isinstance(given, bool) or not isinstance(given, int | float):
        _unknown(path, f"needs a number, as in {dotted(path)}={old['value']}.")
    parent[str(path[-1])] = _renumbered(old, path, given, notes)


def _refuse_contents(path: Keys, parent: dict[str, Any]) -> None:
    """Refuse to say what a stock holds that holds nothing of its own: a sum, or a count."""
    if path[0] != "stocks" or path[2:] != ("initial",) or "initial" in parent:
        return
    groups = parent.get("groups")
    if isinstance(groups, list) and groups:
        told = ", ".join(f"stocks.{group}.initial" for group in groups)
        _unknown(path, f"{path[1]} is the sum of its groups. Set these instead: {told}.")
    if parent.get("counts"):
        _unknown(path, f"{path[1]} only counts what flows, and begins at 0. Leave this out.")


def _meant(tree: dict[str, Any], path: Keys) -> str:
    found = nearest_number(dotted(path), _numbers(tree, ()))
    return found or "'minsksim show SCENARIO --numbers' lists them."


def _numbers(node: Any, path: Keys) -> Iterator[str]:
    """Yield the dotted name of every number below a node."""
    if isinstance(node, dict):
        if "value" in node and path and path[0] in Document.model_fields:
            yield dotted(path)
            return
        for key, inner in node.items():
            yield from _numbers(inner, (*path, str(key)))


def _renumbered(old: dict[str, Any], path: Keys, given: float, notes: list[str]) -> dict[str, Any]:
    new = {**old, "value": given}
    span = old.get("range")
    if not (
        isinstance(span, list)
        and len(span) == 2
        and all(isinstance(end, int | float) for end in span)
    ):
        return new
    low, high = span
    if not low <= given <= high:
        notes.append(
            f"{dotted(path)} = {given:g} is outside its range [{low:g}, {high:g}], "
            "which was widened to hold it."
        )
        new["range"] = [min(low, given), max(high, given)]
    return new


def _parsed(name: str, given: Setting) -> Node:
    if isinstance(given, bool | int | float):
        return given
    if not isinstance(given, str) or len(given) > _LONGEST:
        _unknown((str(name)[:200],), "needs a short text, a number, true or false.")
    return parse_value(given, f"--set {str(name)[:200]}")


def _unknown(path: Keys, sentence: str) -> NoReturn:
    raise ScenarioError(f"--set {dotted(path)}: {sentence}")
