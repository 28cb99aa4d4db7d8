"""Who outbid whom, what the party took instead and whether it was delivered, as a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.cli.render import numbers
from minsksim.cli.render.gain_text import VALUED, few_utils
from minsksim.cli.render.quiet_text import times
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.analysis.outbid import Outbid
    from minsksim.analysis.story import Story
    from minsksim.cli.render.brief_detail import Detail
    from minsksim.scenario.schema import Document


def outbid_row(story: Story, document: Document, detail: Detail) -> str:
    """Return who outbid others, the most frequent first."""
    told = []
    for one in story.brief.outbid[: detail.channels]:
        levers = joined([numbers.short(document.levers[name].label) for name in one.levers])
        by, party = story.actors[one.by], story.actors[one.party]
        rivals = joined([story.actors[name] for name in one.rivals])
        took = f"{party} took {levers}{_undelivered(one, story)}"
        told.append(f"{by} outbid {rivals} {times(one.times)}: {took}.")
        if detail.has_worst:
            told.append(_spared(one, story))
    return " ".join(told)


def _undelivered(found: Outbid, story: Story) -> str:
    """Say of what a party took instead that somebody did not deliver it; empty if all was."""
    if not found.undelivered:
        return ""
    by = joined([story.actors[name] for name in found.broken_by])
    often = f" {times(found.undelivered)}" if found.times > 1 else ""
    return f", which {by} did not deliver{often}"


def _spared(found: Outbid, story: Story) -> str:
    """Say what the outsider would have lost by what it outbid, as a sentence."""
    least, most = few_utils(min(found.spared)), few_utils(max(found.spared))
    size = least if least == most else f"{least} to {most}"
    that = "Each time that" if found.times > 1 else "That"
    unit = VALUED[story.valued[found.by]]
    return f"{that} spared {story.actors[found.by]} {size} utils {unit}."
