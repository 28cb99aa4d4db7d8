"""What kept the parties of a channel from a package, with names in place of indices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from minsksim.engine.arrays.fields.answers import kept_answers
from minsksim.engine.phases.obstacles import TOGETHER
from minsksim.engine.record.bids import counter_offers
from minsksim.scenario.outsiders import ratifiers_of

if TYPE_CHECKING:
    from minsksim.engine.arrays.axes import Axes
    from minsksim.engine.batch import Block
    from minsksim.engine.record.meetings import Meeting
    from minsksim.scenario.schema import Document


def with_obstacles(
    document: Document, axes: Axes, block: Block, row: int, meeting: Meeting
) -> Meeting:
    """Return a meeting with what kept its parties from a package, as the engine noted it."""
    turn, c = meeting.turn - 1, axes.channels.index(meeting.channel)
    assert block.held_back is not None
    assert block.refuses is not None
    assert block.is_still is not None
    assert block.is_answer is not None
    refuses, still = block.refuses[row, turn, c], block.is_still[row, turn, c]
    refusing = {
        one.by: how
        for (_, _, one), how in zip(ratifiers_of(document, meeting.channel), refuses, strict=False)
        if how
    }
    held_back = zip(counter_offers(document), block.held_back[row, turn], strict=True)
    return replace(
        meeting,
        held_back=tuple(
            bid.by for (name, bid), one in held_back if one and name == meeting.channel
        ),
        unratified_by=tuple(refusing),
        is_joint=TOGETHER in refusing.values(),
        still=tuple(name for name, one in zip(axes.levers, still, strict=True) if one),
        asking=tuple(
            name
            for name, one in zip(kept_answers(document), block.is_answer[row, turn, c], strict=True)
            if one
        ),
        answers=_answers(document, block, row, meeting),
    )


def _answers(
    document: Document, block: Block, row: int, meeting: Meeting
) -> dict[str, tuple[float, float]]:
    """Return the answers of one turn that add something to a number of a channel or its parties."""
    assert block.answers is not None
    table, found = block.answers[row, meeting.turn - 1], {}
    own = (f"channels.{meeting.channel}.quality", f"meetings.{meeting.channel}")
    asked = tuple(f"actors.{party}.reservation" for party in meeting.parties)
    minded = tuple(f"salience.{party}." for party in meeting.parties)
    for (name, one), (value, amount) in zip(kept_answers(document).items(), table, strict=True):
        if amount and (one.of in (*own, *asked) or one.of.startswith(minded)):
            found[name] = (float(value), float(amount))
    return found
