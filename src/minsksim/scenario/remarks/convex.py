"""Gains that grow faster the further a lever goes, where the search for packages may miss one."""

from __future__ import annotations

from collections.abc import Iterator

from ..references import lever_of
from ..schema import Document, Term
from .remark import Remark


def convex_gains(document: Document) -> Iterator[Remark]:
    """Yield a remark for each term that brings a party at its lever's table a convex gain.

    With weight w and effect e it brings ``w e f(z)``. That is convex if w e is positive and f
    accelerates (concave with rho above 1), or w e is negative and f slows down (rho below 1,
    saturating). A threshold on a table is refused.
    """
    for interest, one in document.interests.items():
        for key, term in one.terms.items():
            lever = lever_of(term.of)
            parties = _parties(document, lever)
            if lever is None or not any(_is_convex(document, p, interest, term) for p in parties):
                continue
            place = f"interests.{interest}.terms.{key}"
            yield Remark(
                "convex",
                (place,),
                f"{place} can bring more and more the further {lever} goes, and the search for "
                "packages counts on gains that fall off: it may miss a better package, or any.",
                "Use rho up to 1 where more is better and from 1 on where more is worse, give "
                f"{lever} `steps`, or test a result with --impose.",
            )


def _parties(document: Document, lever: str | None) -> set[str]:
    tables = [one.between for one in document.channels.values() if lever in one.table]
    return {party for parties in tables for party in parties}


def _is_convex(document: Document, party: str, interest: str, term: Term) -> bool:
    weight = document.actors[party].salience.get(interest)
    if weight is None:
        return False
    sign = weight.value * term.effect.value
    if term.shape == "saturating":
        return sign < 0.0
    return term.rho is not None and sign * (term.rho.value - 1.0) > 0.0
