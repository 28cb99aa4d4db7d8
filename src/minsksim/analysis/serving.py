"""Channels that carry nothing but an outsider's counter-offers: quiet there is no failed deal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.engine.record.bids import counter_offers
from minsksim.vocabulary import COUNTER_OFFER

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run


def serves_bids(run: Run, channel: str) -> bool:
    """Return whether a channel carries counter-offers and nothing else.

    Only levers of the outsider who bids lie on its table, and nothing else was signed there.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> run = run_scenario("outbid")
    >>> serves_bids(run, "south_isle"), serves_bids(run, "north_isle")
    (True, False)
    """
    document = run.scenario.document
    bidding = {bid.by for _, bid in counter_offers(document) if bid.through == channel}
    owners = {document.levers[name].owner for name in document.channels[channel].table}
    signed = {one.protocol for one in run.agreements if one.channel == channel}
    return bool(bidding) and owners <= bidding and signed <= {COUNTER_OFFER}


def no_bid_told(run: Run, meeting: Meeting) -> list[str]:
    """Say why a channel that serves counter-offers carried none in a turn."""
    document, told = run.scenario.document, []
    for against, bid in counter_offers(document):
        if bid.through != meeting.channel:
            continue
        label, outsider = document.channels[against].label, document.actors[bid.by].label
        (package,) = (
            one for one in run.meetings if (one.turn, one.channel) == (meeting.turn, against)
        )
        if bid.by in package.held_back:
            told.append(f"others would have blocked a counter-offer of {outsider}")
        elif package.ending in ("agreed", "outbid"):
            told.append(f"no counter-offer to {label} is worth it to {outsider}")
        else:
            told.append(f"it serves counter-offers, and {label} had no package to bid against")
    return told
