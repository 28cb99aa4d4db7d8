"""All oracles of the package, topic by topic."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase

from minsksim.errors import UsageError
from minsksim.verify import (
    bargaining,
    behaviour,
    coercion,
    detention,
    groups,
    information,
    lumps,
    markets,
    meetings,
    networks,
    offers,
    outsiders,
    packages,
    present_value,
    quantities,
    rivals,
    tables,
)
from minsksim.verify.oracle import Oracle

TOPICS = (
    bargaining,
    offers,
    outsiders,
    packages,
    lumps,
    tables,
    behaviour,
    coercion,
    present_value,
    markets,
    meetings,
    detention,
    quantities,
    groups,
    networks,
    information,
    rivals,
)


def all_oracles() -> tuple[Oracle, ...]:
    """Return every number that ``minsksim verify`` checks.

    Returns
    -------
    tuple of Oracle
        Topic by topic; no two share a name.
    """
    return tuple(oracle for topic in TOPICS for oracle in topic.ORACLES)


def find_oracles(pattern: str) -> tuple[Oracle, ...]:
    """Return the oracles whose name, model or source has a text in it.

    Parameters
    ----------
    pattern : str
        Part of a name, model or source key in any case, or a whole one with ``*`` and ``?``.

    Returns
    -------
    tuple of Oracle
        At least one.

    Raises
    ------
    UsageError
        If nothing fits; the text names the nearest model.
    """
    wanted = pattern.lower() if set(pattern) & set("*?[") else f"*{pattern.lower()}*"
    found = tuple(
        oracle
        for oracle in all_oracles()
        if any(
            fnmatchcase(text.lower(), wanted) for text in (oracle.name, oracle.model, oracle.source)
        )
    )
    if not found:
        families = sorted({oracle.name.partition(".")[0] for oracle in all_oracles()})
        close = get_close_matches(pattern.lower(), families, n=1, cutoff=0.5)
        hint = f"Did you mean {close[0]}?" if close else f"There are {', '.join(families)}."
        raise UsageError(f"No oracle fits {pattern[:60]!r}. {hint}")
    return found
