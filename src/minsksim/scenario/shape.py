"""The form of a document: pydantic's findings, told in sentences with a place and a fix."""

from __future__ import annotations

import json
import types
from typing import Annotated, Any, Literal, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from .outsiders import CounterOffer, Ratifier
from .places import Faults, Keys, clip, nearest
from .read import Tree
from .schema import Number

Model = TypeVar("Model", bound=BaseModel)

_SENTENCES = {
    "string_type": "must be text. Put it in quotes.",
    "float_type": "must be a number without quotes.",
    "int_type": "must be a whole number.",
    "int_from_float": "must be a whole number.",
    "bool_type": "must be true or false, without quotes.",
    "dict_type": "must be a mapping of names. Write one `name: ...` a line.",
    "tuple_type": "must be a list. Write it as [first, second].",
    "string_too_short": "must not be empty. Write a text.",
    "finite_number": "must be a finite number.",
}
_MEANT = {"above": "beyond"}
"""Keys of one section that are written in another, where a key of another name is meant."""


def validate_json(model: type[Model], value: Any) -> Model:
    """Validate plain data strictly: no text becomes a number, no `yes` becomes true."""
    # JSON mode is the strict mode in which a list may be a tuple and a text a date.
    return model.model_validate_json(json.dumps(value), strict=True)


def explain(error: ValidationError, model: type[BaseModel], tree: Tree, faults: Faults) -> None:
    """Add one fault for each finding of pydantic."""
    known = tree.value.get("sources")
    sources = list(known) if isinstance(known, dict) else []
    for finding in error.errors(include_url=False):
        path = _path(finding["loc"])
        faults.add(path, _sentence(finding, path, model, sources))


def fields_at(model: type[BaseModel], path: Keys) -> type[BaseModel] | None:
    """Return the model that describes the node at a path, if one does."""
    current: Any = model
    for key in path:
        current = _inside(current, key)
    return next((one for one in _options(current) if _is_section(one)), None)


def field_names(model: type[BaseModel]) -> list[str]:
    """Return the keys of a section as the file spells them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _sentence(finding: Any, path: Keys, model: type[BaseModel], sources: list[str]) -> str:
    kind, context = finding["type"], finding.get("ctx", {})
    if kind == "missing":
        return _missing(path, model)
    if kind == "extra_forbidden":
        section = fields_at(model, path[:-1])
        names = field_names(section) if section else []
        key = _MEANT.get(str(path[-1]), str(path[-1]))
        meant = key if key in names else str(path[-1])
        return f"unknown key. {nearest(meant, names)}{_or_several(section)}"
    if kind == "model_type":
        return _not_a_section(fields_at(model, path), finding["input"], sources)
    if kind == "string_pattern_mismatch":
        return _pattern(finding)
    if kind == "literal_error":
        return f"{clip(finding['input'])} is not allowed here. Write {context['expected']}."
    if kind == "string_too_long":
        return f"is longer than {context['max_length']} characters. Shorten it."
    if kind in ("greater_than_equal", "less_than_equal"):
        low_or_high = "at least" if kind.startswith("g") else "at most"
        return f"must be {low_or_high} {context.get('ge', context.get('le'))}."
    if kind == "too_short":
        return f"has fewer than {context['min_length']} entries. Add some."
    if kind == "too_long":
        return f"has more than {context['max_length']} entries. Remove some."
    if kind.startswith("date"):
        return "must be a date. Write it as 2026-01-31."
    if kind == "horizon":
        return str(finding["msg"])
    return _SENTENCES.get(kind, f"{finding['msg']}.")


def _or_several(section: type[BaseModel] | None) -> str:
    """Say how a section is written where there are several of it."""
    if section not in (CounterOffer, Ratifier):
        return ""
    return " If there are several, each has a name: {first: {by: ...}, second: {by: ...}}."


def _missing(path: Keys, model: type[BaseModel]) -> str:
    if isinstance(path[-1], int):
        return "an entry is missing. Write the full list, as in [0, 1]."
    section = fields_at(model, path[:-1])
    needed = (
        [field.alias or name for name, field in section.model_fields.items() if field.is_required()]
        if section
        else []
    )
    return f"is missing. Required here: {', '.join(needed)}."


def _not_a_section(section: type[BaseModel] | None, given: Any, sources: list[str]) -> str:
    if section is Number:
        value = given if isinstance(given, int | float) and not isinstance(given, bool) else 0.5
        known = f" Known source keys: {', '.join(map(str, sources[:12]))}." if sources else ""
        return (
            "a number without a source. Write "
            f"{{value: {value}, range: [low, high], source: KEY}}.{known}"
        )
    names = field_names(section) if section else []
    return f"must be a mapping. Its keys: {', '.join(names[:20])}.{_or_several(section)}"


def _pattern(finding: Any) -> str:
    if finding["loc"][-1] == "[key]" or "." not in finding["ctx"]["pattern"]:
        return (
            f"{clip(finding['input'])} is not a name. Use small letters, digits and "
            "underscores, a letter first, at most 48."
        )
    return f"{clip(finding['input'])} is not a dotted name. Write it as levers.name."


def _path(location: tuple[int | str, ...]) -> Keys:
    """Return where a finding is, without pydantic's marks of a key or of a form, in brackets."""
    return tuple(key for key in location if not str(key).startswith("["))


def _inside(annotation: Any, key: str | int) -> Any:
    """Return the type found under one key of a value of the annotated type."""
    for option in _options(annotation):
        if _is_section(option):
            for name, field in option.model_fields.items():
                if key in (name, field.alias):
                    return _only(field.annotation)
        elif get_origin(option) is dict:
            return _only(get_args(option)[1])
        elif get_origin(option) is tuple:
            return _only(get_args(option)[0])
    return None


def _options(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _options(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return [option for part in parts for option in _options(part)]
    return [annotation]


def _only(annotation: Any) -> Any:
    options = _options(annotation)
    if len(options) > 1:  # one section, or several by name
        return annotation if any(_is_section(option) for option in options) else None
    return options[0] if get_origin(options[0]) is not Literal else None


def _is_section(option: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(option, type) and issubclass(option, BaseModel)
