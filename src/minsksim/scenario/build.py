"""From the events of the YAML parser to plain mappings, lists and scalars, each with its place.

The tree is built event by event, so that a hostile file is refused before anything of its size
exists, and so that no tag, anchor, alias or merge key can mean anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml import events as kinds
from ruamel.yaml.error import MarkedYAMLError

from minsksim.errors import ScenarioError

from .guard import MAX_DEPTH, MAX_NODES, MAX_SCALAR, find_invisible
from .places import Keys, Position, Positions, clip, dotted, refuse
from .scalars import Node, Scalar, Unclear, plain_value


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    value: dict[str, Any] | list[Any]
    path: Keys
    key: str | None = None


@dataclass
class _Builder:
    file: str
    positions: Positions = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0
    documents: int = 0

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        if isinstance(event, kinds.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, kinds.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, kinds.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, kinds.AliasEvent):
            self._refuse(event, "an alias (*) is not allowed. Write the value out.")
        elif isinstance(event, kinds.DocumentStartEvent):
            self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(event, "a second document begins. Keep one document in a file.")
        if event.version or event.tags:
            self._refuse(event, "a directive (%) is not allowed. Remove the line.")

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, f"more than {MAX_NODES} nodes. Make the file smaller.")
        if event.anchor is not None:
            self._refuse(event, "an anchor (&) is not allowed. Write the value out.")
        if event.tag is not None:
            self._refuse(event, "a tag (!) is not allowed. Remove it.")

    def _start(self, event: Any) -> None:
        self._count(event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, f"nested deeper than {MAX_DEPTH} levels. Make it flatter.")
        value: dict[str, Any] | list[Any]
        value = {} if isinstance(event, kinds.MappingStartEvent) else []
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._refuse(event, "a key must be a name, not a mapping or a list.")
        self.stack.append(_Open(value, self._place(value, event)))

    def _scalar(self, event: Any) -> None:
        self._count(event)
        text: str = event.value
        if len(text) > MAX_SCALAR:
            self._refuse(event, f"a text of {len(text)} characters; at most {MAX_SCALAR}.")
        if (found := find_invisible(text)) is not None:
            self._refuse(event, f"holds the invisible character U+{ord(text[found]):04X}.")
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(event, top)
        else:
            self._place(self._value(event), event)

    def _key(self, event: Any, top: _Open) -> None:
        text: str = event.value
        mark = event.start_mark
        if text == "<<":
            self._refuse(event, "a merge key (<<) is not allowed. Write the keys out.")
        if len(text) > 200:
            self._refuse(event, f"a key of {len(text)} characters; at most 200.")
        # `on` is a key of the format and, unlike `yes`, is text to YAML 1.2 readers.
        if not isinstance(self._value(event), str):
            self._refuse(event, f"the key {clip(text)} is not a name. Put it in quotes.")
        path = (*top.path, text)
        if text in top.value:
            first = self.positions[path]
            refuse(
                Position(self.file, mark.line + 1, mark.column + 1),
                clip(dotted(path), 120),
                f"written twice, first in line {first.line}. Remove one.",
            )
        self.positions[path] = Position(self.file, mark.line + 1, mark.column + 1)
        top.key = text

    def _value(self, event: Any) -> Scalar:
        if event.style is not None:
            return str(event.value)
        try:
            return plain_value(event.value)
        except Unclear as unclear:
            self._refuse(event, str(unclear))

    def _place(self, value: Node, event: Any) -> Keys:
        """Put a node into the mapping or list that is open, and return its path."""
        if not self.stack:
            self.root = value
            self.positions[()] = Position(self.file, 1, 1)
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            path: Keys = (*top.path, len(top.value))
            mark = event.start_mark
            self.positions[path] = Position(self.file, mark.line + 1, mark.column + 1)
            top.value.append(value)
            return path
        assert top.key is not None
        top.value[top.key] = value
        path, top.key = (*top.path, top.key), None
        return path

    def _refuse(self, event: Any, sentence: str) -> NoReturn:
        mark = event.start_mark
        path: Keys = ()
        if self.stack:
            top = self.stack[-1]
            path = (*top.path, top.key) if top.key is not None else top.path
        refuse(
            Position(self.file, mark.line + 1, mark.column + 1), clip(dotted(path), 120), sentence
        )


def build(text: str, shown: str) -> tuple[Node, Positions]:
    """Return the content of a text and the place of every node."""
    builder = _Builder(shown)
    for event in _events(text, shown):
        builder.take(event)
    if builder.root is None:
        refuse(Position(shown, 1, 1), "", "is empty. Begin with `format: 1`.")
    return builder.root, builder.positions


def _events(text: str, shown: str) -> Iterator[Any]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ScenarioError:
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(filter(None, (error.context, error.problem)))
        place = Position(shown, mark.line + 1, mark.column + 1) if mark else Position(shown, 1, 1)
        refuse(place, "", f"is not YAML: {clip(problem, 200)}. Check quotes and indentation.")
    except Exception as error:  # the parser's own slips on odd input are faults of the file too
        refuse(Position(shown, 1, 1), "", f"is not YAML: {clip(error, 200)}. Check the file.")
