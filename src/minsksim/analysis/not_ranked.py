"""Why a number is not ranked, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minsksim.scenario.number_labels import number_label

if TYPE_CHECKING:
    from minsksim.analysis.correlated import Correlated
    from minsksim.analysis.indices import Assessment
    from minsksim.scenario.schema import Document

CHANCE = "no stronger than chance"
SINGLE = "one run for each point does not tell an effect from the draws"
ENTANGLED = "too many columns of the design go together"
_ONE = "could be the effect of"


def reasons(
    document: Document,
    names: Sequence[str],
    found: Assessment,
    columns: Correlated | None,
) -> list[str]:
    """Return for each number why it is not ranked; empty if it is.

    Parameters
    ----------
    document : Document
        For labels.
    names : sequence of str
    found : Assessment
    columns : Correlated, optional
        Of the design.
    """
    ranked = set(found.ranked)
    told = []
    for place in range(len(names)):
        other = int(found.stand_in[place])
        if place in ranked:
            told.append("")
        elif columns is not None and columns.is_too_entangled:
            told.append(ENTANGLED)
        elif found.evidence is None:
            told.append(SINGLE)
        elif other >= 0 and columns is not None:
            r = columns.matrix[place, other]
            label = number_label(document, names[other])
            told.append(f"{_ONE} '{label}': their columns go together (r = {r:.2f})")
        else:
            told.append(CHANCE)
    return told


def is_of_another(reason: str) -> bool:
    """Return whether a correlated column is the reason."""
    return reason.startswith(_ONE)
