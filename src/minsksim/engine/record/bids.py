"""Counter-offers as both forms show them: names, not indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.engine.record.episodes import offer_now
from minsksim.engine.record.run import Offer
from minsksim.scenario.outsiders import by_key

if TYPE_CHECKING:
    from minsksim.engine.arrays.axes import Axes
    from minsksim.engine.arrays.records import State
    from minsksim.scenario.outsiders import CounterOffer
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class Bid:
    """A counter-offer that an outsider can make before a package is signed.

    Attributes
    ----------
    by, to : str
        The outsider, and the party that it bids for.
    offer : Offer
        What it offers, in the channel between the two. The party's gain is over no agreement, the
        outsider's over what the package would do to it.
    instead_of : Offer
        The package that every party accepted, and that falls if the bid is taken.
    least : float
        What the party must gain from the bid to take it, utils.
    otherwise : float
        What the package would do to the outsider if kept, utils.
    number : int
        Its place among the counter-offers of the file, from 0.
    """

    by: str
    to: str
    offer: Offer
    instead_of: Offer
    least: float
    otherwise: float
    number: int


def counter_offers(document: Document) -> tuple[tuple[str, CounterOffer], ...]:
    """Return every counter-offer of a file with the channel that it is against."""
    return tuple(
        (name, bid)
        for name, channel in document.channels.items()
        for bid in by_key(channel.counter_offer).values()
    )


def bid_of(document: Document, axes: Axes, state: State, n: int) -> Bid:
    """Return counter-offer ``n`` as it lies on the table of its channel."""
    against, found = counter_offers(document)[n]
    return Bid(
        by=found.by,
        to=found.to,
        offer=offer_now(document, axes, state, axes.channels.index(found.through)),
        instead_of=offer_now(document, axes, state, axes.channels.index(against)),
        least=float(state.bids.least[n]),
        otherwise=float(state.bids.otherwise[n]),
        number=n,
    )
