"""Strict YAML 1.2 reading: text in, plain mappings, lists and scalars out, each with its place.

The parser is imported where it is needed: a shipped file that was read before is only looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .find import shipped_root
from .guard import decode, read_bytes
from .kept import find_tree, keep_tree
from .places import Position, Positions, refuse
from .scalars import Node


@dataclass(frozen=True)
class Tree:
    """The content of one file; treat as read-only, for it is shared by later readings."""

    value: dict[str, Any]
    positions: Positions
    file: str


def read_tree(path: Path, shown: str) -> Tree:
    """Read a file whose top level is a mapping."""
    content = read_bytes(path, shown)
    return _read_cached(content, shown, path.resolve().is_relative_to(shipped_root()))


def parse_tree(content: bytes, shown: str) -> Tree:
    """Return the tree of a file's bytes, or raise ``ScenarioError``."""
    from .build import build

    value, positions = build(decode(content, shown), shown)
    if not isinstance(value, dict):
        refuse(Position(shown, 1, 1), "", "is not a mapping of sections. Begin with `format: 1`.")
    return Tree(value, positions, shown)


def parse_value(text: str, shown: str) -> Node:
    """Return the value of one short piece of YAML, as ``--set`` takes it."""
    from .build import build

    return build(decode(text.encode("utf-8", "surrogatepass"), shown), shown)[0]


def copy_node(node: Any) -> Any:
    """Return a copy of a node that can be changed freely."""
    if isinstance(node, dict):
        return {key: copy_node(value) for key, value in node.items()}
    return [copy_node(value) for value in node] if isinstance(node, list) else node


@lru_cache(maxsize=32)
def _read_cached(content: bytes, shown: str, is_shipped: bool) -> Tree:
    """Several variants of one base read it once; what is shipped is parsed once for all."""
    if not is_shipped:
        return parse_tree(content, shown)
    found = find_tree(content, shown)
    if found is not None:
        return Tree(*found, shown)
    tree = parse_tree(content, shown)
    keep_tree(content, tree.value, tree.positions)
    return tree
