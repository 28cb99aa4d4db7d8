"""Interests: terms that name something, shapes with their parameters, separable packages."""

from __future__ import annotations

from minsksim.vocabulary import SHAPES

from ..places import Faults, Keys
from ..references import QUANTITIES, lever_of, reference_fault
from ..schema import Document, Term


def check_interests(document: Document, faults: Faults) -> None:
    """Check each interest, and that somebody weighs it."""
    weighed = {name for actor in document.actors.values() for name in actor.salience}
    for name, interest in document.interests.items():
        path: Keys = ("interests", name)
        if name not in weighed:
            faults.add(
                path, "unused: no actor weighs this interest. Give it a salience, or remove it."
            )
        if not interest.terms:
            faults.add((*path, "terms"), "there are no terms. Add at least one.")
        for key, term in interest.terms.items():
            _check_term(document, (*path, "terms", key), term, faults)


def _check_term(document: Document, path: Keys, term: Term, faults: Faults) -> None:
    for field in ("of", "times"):
        reference = getattr(term, field)
        if reference is not None:
            fault = reference_fault(document, reference, QUANTITIES)
            if fault is not None:
                faults.add((*path, field), fault)
    _check_shape(path, term, faults)
    _check_separable(document, path, term, faults)


def _check_shape(path: Keys, term: Term, faults: Faults) -> None:
    needed = SHAPES[term.shape].needs
    for name in sorted({name for shape in SHAPES.values() for name in shape.needs}):
        given = getattr(term, name) is not None
        if given and name not in needed:
            faults.add(
                (*path, name), f"a {term.shape} term has no {name}. Remove it, or change the shape."
            )
        elif not given and name in needed:
            faults.add(path, f"a {term.shape} term needs {' and '.join(needed)}. Add {name}.")


def _check_separable(document: Document, path: Keys, term: Term, faults: Faults) -> None:
    """Refuse what would make the value of a package more than the sum of its moves."""
    first, second = lever_of(term.of), lever_of(term.times)
    for name, channel in document.channels.items():
        if term.shape == "threshold" and first in channel.table:
            faults.add(
                (*path, "of"),
                f"{first} is on the table of {name}, and a threshold has no "
                "single best offer. Use a concave or saturating shape, or a stock that "
                "the lever fills.",
            )
            return
        if first in channel.table and second in channel.table:
            faults.add(
                (*path, "times"),
                f"{first} and {second} are both on the table of {name}, "
                "so the package would not be separable: each move's worth would depend on "
                "the other. Take one of them off the table, or write two terms.",
            )
            return
