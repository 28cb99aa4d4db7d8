"""Which units count people: they are counted and reported, and nothing else is done to them."""

from __future__ import annotations

import re

_PEOPLE = re.compile(r"people\b|persons?\b|prisoners?\b|detainees?\b", re.IGNORECASE)


def is_of_people(unit: str) -> bool:
    """Return whether a unit counts people.

    Examples
    --------
    >>> is_of_people("people held"), is_of_people("thousand tonnes")
    (True, False)
    """
    return bool(_PEOPLE.match(unit))
