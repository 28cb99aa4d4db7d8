"""Scenario files drawn from the format's own schema: right in form, wrong or right in content.

A file is a small scenario in which up to four nodes are drawn anew, added or taken out. The schema
is the one that ``minsksim schema`` prints, so a new field is drawn as soon as it exists.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from minsksim.scenario import json_schema
from minsksim.scenario.read import parse_tree

SCHEMA = json_schema()
NAMES = ("a", "b", "x", "w", "s", "k", "c", "m", "e", "f", "n1", "z_9", "northland")
REFERENCES = (
    "levers.x", "levers.w", "stocks.s", "stocks.s.f", "channels.c", "salience.a.k", "trust.c.a",
    "utility.a", "utility.b", "agreements.c", "breaches.c", "delivered.c", "access.a.b",
    "markets.m", "beliefs.e", "threats.e.made", "levers.q", "a",
)  # fmt: skip
TEXTS = (
    "T", "A longer text: with a colon", "é, ü and 漢字", "# no comment", "NO", "1:30", "{}",
    "x" * 99,
)  # fmt: skip
DATES = ("2026-01-01", "2026-02-03", "2025-12-31", "2027-01-01", "2026-02-30", "today")
ODD = (None, True, "", "text", 0, -1, 1e300, [], {}, ["a"], {"a": 1}, "2026-01-01")  # fmt: skip
VALUES = (0, 1, 0.5, 0.25, 0.9, 2, 3, 9, 1e-3, -1, -0.5, 1e9)


class Grammar:
    """Draws plain data that a schema describes, and now and then what it does not."""

    def __init__(self, luck: random.Random) -> None:
        self.luck = luck

    def draw(self, schema: dict[str, Any], key: str = "", depth: int = 0) -> Any:
        """Return plain data for a schema; ``key`` says what names are for."""
        luck = self.luck
        if luck.random() < 0.01:
            return copy.deepcopy(luck.choice(ODD))
        if "$ref" in schema:
            return self.draw(SCHEMA["$defs"][schema["$ref"].split("/")[-1]], key, depth)
        if "anyOf" in schema:
            return self.draw(schema["anyOf"][0], key, depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return luck.choice(schema["enum"])
        return self._typed(schema, key, depth)

    def _typed(self, schema: dict[str, Any], key: str, depth: int) -> Any:
        luck, kind = self.luck, schema.get("type")
        if kind == "object":
            return self._mapping(schema, key, depth)
        if kind == "array":
            pieces = schema.get("prefixItems")
            if pieces:
                drawn = [self.draw(piece, key, depth + 1) for piece in pieces]
                return sorted(drawn, key=lambda one: one if isinstance(one, int | float) else 0)
            count = luck.randint(schema.get("minItems", 0), 3)
            return [self.draw(schema.get("items", {}), key, depth + 1) for _ in range(count)]
        if kind == "boolean":
            return luck.random() < 0.5
        if kind == "integer":
            return luck.choice((1, 2, 3, schema.get("minimum", 0), schema.get("maximum", 5), 1000))
        if kind == "number":
            return luck.choice(VALUES)
        return self._text(schema, key)

    def _text(self, schema: dict[str, Any], key: str) -> str:
        luck = self.luck
        if key in ("source", "cite") or schema.get("format") == "date":
            return "D" if key in ("source", "cite") else luck.choice(DATES[: luck.choice((2, 6))])
        if "." in schema.get("pattern", "")[:20]:
            return luck.choice(REFERENCES)
        return luck.choice(NAMES if "pattern" in schema else TEXTS)

    def _mapping(self, schema: dict[str, Any], key: str, depth: int) -> dict[str, Any]:
        luck = self.luck
        needed, drawn = schema.get("required", []), {}
        for name, inner in schema.get("properties", {}).items():
            is_wanted = luck.random() < (0.995 if name in needed else 0.15)
            if is_wanted and depth < 9:
                drawn[name] = self.draw(inner, name, depth + 1)
        open_ended = [*schema.get("patternProperties", {}).values()]
        for inner in open_ended or [one for one in [schema.get("additionalProperties")] if one]:
            for name in luck.sample(NAMES, luck.randint(0, 3)) if depth < 9 else ():
                inner = inner if isinstance(inner, dict) else {}
                drawn[name] = self.draw(inner, name, depth + 1)
        if luck.random() < 0.01:
            drawn[luck.choice(NAMES)] = 1
        return drawn


def places(schema: dict[str, Any], node: Any, path: tuple = ()) -> Iterator[tuple]:
    """Yield every mapping with its schema and the keys that may stand in it."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].split("/")[-1]]
    if "anyOf" in schema:
        yield from places(schema["anyOf"][0], node, path)
    elif isinstance(node, dict):
        patterns = [*schema.get("patternProperties", {}).values()]
        inner = patterns[0] if patterns else schema.get("additionalProperties")
        known = schema.get("properties", {})
        yield node, known, inner if isinstance(inner, dict) else None
        for key, value in list(node.items()):
            child = known.get(key, inner)
            if isinstance(child, dict):
                yield from places(child, value, (*path, key))


def plain_of(text: str) -> dict[str, Any]:
    """Return the plain data of a scenario file."""
    return parse_tree(text.encode(), "small.yaml").value


def written_anew(plain: dict[str, Any], luck: random.Random) -> str:
    """Return a file like a scenario, with up to four of its nodes drawn anew."""
    grammar, plain = Grammar(luck), copy.deepcopy(plain)
    for _ in range(luck.randint(0, 4)):
        node, known, inner = luck.choice(list(places(SCHEMA["else"], plain)))
        deed = luck.random()
        if deed < 0.1 and node:
            del node[luck.choice(list(node))]
        elif inner is not None:
            name = luck.choice([*NAMES, *node])
            node[name] = grammar.draw(inner, name)
        elif known:
            name = luck.choice(list(known))
            node[name] = grammar.draw(known[name], name)
    return spelled(plain, luck)


def wholly_new(luck: random.Random) -> str:
    """Return a file of which nothing is known but its schema."""
    return spelled(Grammar(luck).draw(SCHEMA["else"]), luck)


def spelled(plain: Any, luck: random.Random) -> str:
    """Return plain data as YAML: block or flow, keys in any order, quotes and comments."""
    if not isinstance(plain, dict) or luck.random() < 0.1:
        return json.dumps(plain, ensure_ascii=luck.random() < 0.5, indent=luck.choice((None, 1)))
    lines: list[str] = []
    _block(plain, "", luck, lines)
    return "\n".join(lines) + "\n"


def _block(plain: dict[str, Any], indent: str, luck: random.Random, lines: list[str]) -> None:
    items = list(plain.items())
    if luck.random() < 0.1:
        luck.shuffle(items)
    for key, value in items:
        if isinstance(value, dict) and value and luck.random() < 0.5:
            lines.append(f"{indent}{key}:" + luck.choice(("", "", "  # said")))
            _block(value, indent + luck.choice(("  ", "  ", "    ")), luck, lines)
        else:
            text = json.dumps(value, ensure_ascii=False)
            if isinstance(value, str) and value.isalnum() and luck.random() < 0.8:
                text = value
            lines.append(f"{indent}{key}: {text}")
