"""Who at home ratified a package: what it brings each, beside what each needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.scenario.outsiders import ratifiers_of

if TYPE_CHECKING:
    from minsksim.engine.batch import Block
    from minsksim.engine.record.meetings import Meeting
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class Assent:
    """What a package brings a ratifier, compared with what it needs.

    Attributes
    ----------
    by, party : str
        The ratifier, and the party that it ratifies for.
    gain : float
        What the package brings it, utils, the moves of others counted with the trust of that party.
    needs : float
        Least gain for which it ratifies, utils.
    """

    by: str
    party: str
    gain: float
    needs: float


def assents_of(document: Document, block: Block, row: int, meeting: Meeting) -> tuple[Assent, ...]:
    """Return what the package on the table brings each ratifier, as the engine weighed it."""
    assert block.assent is not None
    c = list(document.channels).index(meeting.channel)
    found = block.assent[row, meeting.turn - 1, c]
    return tuple(
        Assent(one.by, party, float(gain), float(needs))
        for (party, _, one), (gain, needs) in zip(
            ratifiers_of(document, meeting.channel), found, strict=False
        )
    )
