"""Answers: which number answers to which quantity, and where its size and red line stand."""

from __future__ import annotations

from minsksim.answering import ANSWERING, SALIENCE_ANSWERS
from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints
from minsksim.scenario.answers import NumberAnswer
from minsksim.scenario.schema import Document


def kept_answers(document: Document) -> dict[str, NumberAnswer]:
    """Return the answers of the file that were not dropped, in the order of their rows."""
    dropped = document.what_if.drop if document.what_if else ()
    answers = (document.answers or {}).items()
    return {name: one for name, one in answers if f"answers.{name}" not in dropped}


def answer_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The answers of the file that were not dropped."""
    kept = kept_answers(document)
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    rows = [
        (*_target(one.of, axes), quantity[one.to], one.beyond is not None) for one in kept.values()
    ]
    places = [[place.get(f"answers.{n}.{key}", -1) for key in ("by", "beyond")] for n in kept]
    minded = {first for code, first, *_ in rows if code == SALIENCE_ANSWERS}
    return {
        "answering": ints(rows, (len(rows), 5)),
        "index_answering": ints(places, (len(rows), 2)),
        "salience_answers": ints([a in minded for a in range(len(axes.actors))]),
    }


def _target(of: str, axes: Axes) -> tuple[int, int, int]:
    """Return kind, first and second index of a number that answers."""
    parts = of.split(".")
    for pattern, target in ANSWERING.items():
        form = pattern.split(".")
        names = [part for part, key in zip(parts, form, strict=False) if key == "*"]
        if len(form) == len(parts) and all(
            key in ("*", part) for part, key in zip(parts, form, strict=True)
        ):
            places = [
                getattr(axes, section).index(name)
                for section, name in zip(target.sections, names, strict=True)
            ]
            return target.code, places[0], places[1] if len(places) > 1 else 0
    raise KeyError(of)
