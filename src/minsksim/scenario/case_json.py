"""Strict reading of a case in JSON: one reading only, and every fault with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from minsksim.errors import ScenarioError
from minsksim.reading import Unreadable, read_regular
from minsksim.text import INVISIBLE

from .find import shown
from .places import SHOWN, clip, nearest

LARGEST = 16 * 2**20
"""Bytes of a file that is still read."""

Shape = TypeVar("Shape", bound="Part")


class Part(BaseModel):
    """A part of a case in JSON; a key that it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class _Twice(ValueError):
    pass


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    ScenarioError
        If it is no regular file, too large, not UTF-8 or not JSON, names a key twice, holds a
        number that is none, or a character that does not show.
    """
    file = shown(path)
    try:
        text = read_regular(path, LARGEST, ".json file").decode("utf-8-sig")
    except Unreadable as error:
        raise ScenarioError(f"{file}: {error}") from None
    except UnicodeDecodeError:
        raise ScenarioError(f"{file}: is not UTF-8. Save it as UTF-8.") from None
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}:{error.colno}"
        raise ScenarioError(f"{place} is not JSON ({error.msg}).") from None
    except _Twice as error:
        raise ScenarioError(f"{file}: {error}") from None
    except (RecursionError, ValueError):
        raise ScenarioError(
            f"{file}: is nested too deeply, or holds a number that cannot be read."
        ) from None
    if INVISIBLE.search(json.dumps(found, ensure_ascii=False)):
        raise ScenarioError(f"{file}: holds an invisible character. Remove it.")
    return found


def shaped(kind: type[Shape], content: Any, path: Path) -> Shape:
    """Return content as a model of its shape.

    Raises
    ------
    ScenarioError
        One line a fault, with the keys that lead to it.
    """
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        lines = [_sentence(kind, fault, shown(path)) for fault in error.errors()[:SHOWN]]
        if error.error_count() > SHOWN:
            lines.append(f"... and {error.error_count() - SHOWN} more")
        raise ScenarioError("\n".join(lines)) from None


def refuse(path: Path, key: str, sentence: str) -> NoReturn:
    """Raise ``ScenarioError`` for one fault."""
    raise ScenarioError(f"{shown(path)} {clip(key, 120)}: {sentence}")


def _sentence(kind: type[Part], fault: Any, file: str) -> str:
    place = clip(".".join(map(str, fault["loc"])), 120)
    if fault["type"] == "extra_forbidden":
        known = list(kind.model_fields) if len(fault["loc"]) == 1 else []
        text = "no such key." + (f" {nearest(str(fault['loc'][-1]), known)}" if known else "")
    elif fault["type"] == "missing":
        text = "is missing. Add it."
    else:
        text = f"{fault['msg']}."
    return f"{file} {place}: {text}" if place else f"{file} {text}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(f"the key {clip(key)!r} stands twice in one object. Keep one.")
        found[key] = value
    return found


def _refuse(name: str) -> NoReturn:
    raise _Twice(f"{name} is not a number of JSON. Give a finite number.")
