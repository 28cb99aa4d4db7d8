"""Answers: the number exists and can answer, and so does the quantity it answers to."""

from __future__ import annotations

from minsksim.answering import ANSWERING

from ..places import Faults, nearest
from ..references import QUANTITIES, lever_of, reference_fault
from ..schema import Document


def answering_numbers(document: Document) -> list[str]:
    """Return every number of a document that can answer to a quantity."""
    found = []
    for pattern, target in ANSWERING.items():
        names: list[list[str]] = [[]]
        for section in target.sections:
            names = [[*one, key] for one in names for key in getattr(document, section)]
        for one in names:
            rest = iter(one)
            parts = [next(rest) if part == "*" else part for part in pattern.split(".")]
            found.append(".".join(parts))
    return found


def check_answers(document: Document, faults: Faults) -> None:
    """Check what answers, and to what. People may be read: that counts them and prices nothing."""
    known = answering_numbers(document) if document.answers else []
    for name, one in (document.answers or {}).items():
        if one.of not in known:
            faults.add(
                ("answers", name, "of"),
                f"{one.of} is no number that can answer; {', '.join(ANSWERING)} can. "
                + nearest(one.of, known),
            )
        fault = reference_fault(document, one.to, QUANTITIES)
        if fault is not None:
            faults.add(("answers", name, "to"), fault)
            continue
        lever = document.levers.get(lever_of(one.to) or "")
        if lever is not None and lever.persistence == "momentary":
            faults.add(
                ("answers", name, "to"),
                f"{one.to} falls back every turn, before answers are read. Let it flow into a "
                "stock that decays, and answer to that.",
            )
