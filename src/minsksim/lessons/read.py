"""Put a lab together: its words from ``pages/``, its computations from ``labs/``.

The page ``NAME.yaml`` holds what people read; the module ``NAME`` holds ``ANSWERS`` (a function
for each question), ``ERRORS`` (a function for each mistaken belief whose answer is computed, as
``"question.belief"``), ``INVARIANTS``, and where its texts need them ``FACTS`` (a function for
each name between braces).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minsksim.frozen import FrozenMap
from minsksim.lessons.lab import CONTENT_NOTE, TEXTBOOK_NOTE, Lab
from minsksim.lessons.question import Answer, Compute, Kind, Misconception, Question
from minsksim.lessons.skins import FICTIONAL

if TYPE_CHECKING:
    from minsksim.lessons.world import World

PAGES = Path(__file__).parent / "pages"
Holds = Callable[["World", Answer], bool]


@cache
def read_lab(name: str) -> Lab:
    """Return a lab from its page and its module."""
    from ruamel.yaml import YAML

    page = YAML(typ="safe", pure=True).load((PAGES / f"{name}.yaml").read_text(encoding="utf-8"))
    module = import_module(f"minsksim.lessons.labs.{name}")
    used: set[str] = set()
    told = {"names": _names, **_minutes(*page["minutes"]), **getattr(module, "FACTS", {})}
    facts = FrozenMap({name: _once(fact) for name, fact in told.items()})
    questions = tuple(
        replace(_question(key, entry, module.ANSWERS[key], module.ERRORS, used), facts=facts)
        for key, entry in page["questions"].items()
    )
    unused = set(module.ERRORS) - used | set(module.ANSWERS) - {one.key for one in questions}
    if unused:
        raise KeyError(f"{name}: computed and not asked: {sorted(unused)}")
    set_up, run, debrief = page["minutes"]
    is_textbook = bool(page.get("textbook", False))
    return Lab(
        name=name,
        number=page["number"],
        title=page["title"],
        question=page["question"],
        goals=tuple(page["goals"]),
        warning=page["warning"],
        product=page["product"],
        questions=questions,
        invariants=module.INVARIANTS,
        debrief=tuple(page["debrief"]),
        limit=page["limit"],
        cases=page["cases"],
        minutes=(set_up, run, debrief),
        note=TEXTBOOK_NOTE if is_textbook else CONTENT_NOTE,
        facts=facts,
        is_textbook=is_textbook,
    )


def _question(
    key: str, entry: dict[str, Any], answer: Compute, errors: dict[str, Compute], used: set[str]
) -> Question:
    return Question(
        key=key,
        kind=Kind[entry["kind"].upper()],
        text=entry["text"],
        answer=_once(answer),
        hint=entry["hint"],
        because=entry["because"],
        misconceptions=tuple(_error(key, one, errors, used) for one in entry["errors"]),
        options=tuple(entry.get("options", ())),
        tolerance=float(entry.get("tolerance", 0.0)),
        unit=entry.get("unit", ""),
        never_shown=entry.get("never_shown", ""),
        is_guessed=bool(entry.get("guess", False)),
    )


def _error(
    key: str, entry: dict[str, Any], errors: dict[str, Compute], used: set[str]
) -> Misconception:
    if "by" in entry:
        place = f"{key}.{entry['by']}"
        used.add(place)
        example = _once(errors[place])
    else:
        example = _constant(entry["gives"])
    return Misconception(
        entry["name"],
        example,
        entry["say"],
        _holds(entry, example),
        before=entry.get("before", ""),
        side=entry.get("side", ""),
        is_told_to_guesses=not entry.get("after_run", False),
    )


def _names(world: World) -> str:
    return "invented names" if world.skin == FICTIONAL else "the names of the case behind it"


def _minutes(set_up: int, run: int, debrief: int) -> dict[str, Compute]:
    """Return the minutes at the computer and those of the whole lesson, as texts name them."""
    return {
        "work": lambda world: float(run),
        "lesson": lambda world: float(set_up + run + debrief),
    }


def _once(compute: Compute) -> Compute:
    """Compute an answer once for each world: checks come often, runs are dear."""
    return lru_cache(maxsize=4)(compute)


def _constant(value: Answer) -> Compute:
    return lambda world: value


def _holds(entry: dict[str, Any], example: Compute) -> Holds | None:
    """Return when an answer shows a belief: in a span, near its example, or where they agree."""
    if "between" in entry:
        low, high = entry["between"]
        return lambda world, answer: low <= float(answer) <= high
    if "within" in entry:
        margin = float(entry["within"])
        return lambda world, answer: abs(float(answer) - float(example(world))) <= margin
    return None
