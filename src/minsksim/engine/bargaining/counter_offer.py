"""An outsider's counter-offer: the package that is cheapest for it and better for the party.

It lies on the table of the channel between the two and is found by the same search as any other
package: the outsider makes a take-it-or-leave-it offer, and what each has otherwise is what the
package on the first table would bring it.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.records import (
    AGAINST,
    BIDDER,
    SEAT,
    TAKER,
    THROUGH,
    State,
    Structure,
    Values,
)
from minsksim.engine.bargaining.offer import (
    TINY,
    TRIES,
    add_gains,
    find_externalities,
    pays_to_stop,
    put_on_table,
)
from minsksim.engine.bargaining.package import NOTHING, lay_out
from minsksim.engine.bargaining.pools import cap_package, lift_caps
from minsksim.engine.bargaining.ratification import would_ratify
from minsksim.engine.bargaining.reaches import list_free_levers
from minsksim.engine.bargaining.search import search
from minsksim.engine.valuation.answers import reservation_of
from minsksim.rules.counter_offer import (
    change_by_bid,
    is_taken,
    is_worth_bidding,
    least_to_switch,
    stake_in_bid,
)
from minsksim.vocabulary import SECOND_PROPOSES, TAKE_IT_OR_LEAVE_IT

SEARCHES = 5
"""Most searches for one counter-offer: nearly always the first is enough."""


@jit
def set_aside(state: State, c: int) -> None:
    """Keep what an earlier meeting of channel ``c`` put on its table this turn."""
    copy_row(state.offer_value[c], state.bids.value)
    copy_row(state.offer_gain[c], state.bids.gain)
    copy_row(state.offer_own[c], state.bids.own)
    copy_row(state.obstacles.assent[c], state.bids.assent)


@jit
def put_back(state: State, c: int) -> None:
    """Put that back where no counter-offer was taken."""
    copy_row(state.bids.value, state.offer_value[c])
    copy_row(state.bids.gain, state.offer_gain[c])
    copy_row(state.bids.own, state.offer_own[c])
    copy_row(state.bids.assent, state.obstacles.assent[c])


@jit
def ask_for_bid(s: Structure, values: Values, state: State, n: int) -> None:
    """Work out what the party must be offered, and what the package would do to the outsider."""
    c, d = s.counter[n, AGAINST], s.counter[n, THROUGH]
    party, outsider = s.seats[d, s.counter[n, TAKER]], s.seats[d, s.counter[n, BIDDER]]
    if state.bids.is_free[c] == 0 or s.blocker_start[c] == s.blocker_start[c + 1]:
        find_externalities(s, values, state, c)
    state.bids.least[n] = least_to_switch(
        state.offer_gain[c, s.counter[n, SEAT]], reservation_of(values, state, party)
    )
    state.bids.otherwise[n] = state.externality[c, outsider]


@jit
def weigh_bid(s: Structure, values: Values, state: State, n: int, levers: int) -> bool:
    """Set both gains from the package on the table; return whether it can be the bid.

    The outsider's gain counts from what the package that it bids against would do to it. What
    falls short for the party by a hair, as rounding in a search may, is lifted.
    """
    d, taker, bidder = s.counter[n, THROUGH], s.counter[n, TAKER], s.counter[n, BIDDER]
    is_move, gains = add_gains(s, values, state, d, levers), state.offer_gain[d]
    gains[bidder] = stake_in_bid(gains[bidder], state.bids.otherwise[n])
    least = state.bids.least[n]
    reservation = reservation_of(values, state, s.seats[d, bidder])
    if not is_move or gains[taker] < least - TINY or gains[bidder] <= TINY:
        return False
    gains[taker] = max(gains[taker], least)
    if gains[bidder] >= reservation - TINY:
        gains[bidder] = max(gains[bidder], reservation)
    return is_worth_bidding(gains[bidder], reservation) and would_ratify(
        s, values, state, d, levers
    )


@jit
def find_cheapest(
    s: Structure, values: Values, state: State, n: int, levers: int, more: float
) -> bool:
    """Find what serves the outsider best of all that the party takes; return whether any does.

    The party is to gain ``more`` than it asks for.
    """
    d, taker, bidder = s.counter[n, THROUGH], s.counter[n, TAKER], s.counter[n, BIDDER]
    least, otherwise = state.bids.least[n] + more, state.bids.otherwise[n]
    floor = otherwise + reservation_of(values, state, s.seats[d, bidder])
    protocol, asked, without = TAKE_IT_OR_LEAVE_IT, (floor, least), (otherwise, least)
    if taker == 0:
        protocol, asked, without = SECOND_PROPOSES, (least, floor), (least, otherwise)
    lay_out(s, values, state, d, levers)
    is_found, _, _ = search(s, values, state, d, protocol, asked, NOTHING, without, levers)
    return is_found


@jit
def round_bid(s: Structure, values: Values, state: State, n: int, levers: int) -> bool:
    """Put the package found on the table, people in whole numbers; return whether to bid it."""
    for lift in TRIES:
        is_rounded = put_on_table(s, state, s.counter[n, THROUGH], levers, lift)
        if weigh_bid(s, values, state, n, levers):
            return True
        if not is_rounded:
            return False
    return False


@jit
def find_bid(s: Structure, values: Values, state: State, n: int) -> bool:
    """Put the best counter-offer on the table between the two; return whether there is one.

    A search over levers that cost the party less and less the more there is of them may overrate
    its gain by some millionths. It is then repeated for as much more.
    """
    d, more = s.counter[n, THROUGH], 0.0
    ask_for_bid(s, values, state, n)
    levers = list_free_levers(s, state, d)
    copy_row(state.quantity[: s.lever_owner.shape[0]], state.offer_value[d])
    if levers == 0:
        return False
    lift_caps(s, state, levers)
    for _ in range(SEARCHES):
        is_found = find_cheapest(s, values, state, n, levers, more)
        if is_found and cap_package(s, state, levers):
            is_found = find_cheapest(s, values, state, n, levers, more)
        if not is_found:
            return False
        if round_bid(s, values, state, n, levers):
            return True
        short = state.bids.least[n] - state.offer_gain[d, s.counter[n, TAKER]]
        if short <= TINY:
            return False
        more += 1.25 * short
    return False


@jit
def would_be_blocked(s: Structure, values: Values, state: State, n: int) -> bool:
    """Return whether outsiders would pay the two for not agreeing on the counter-offer.

    They can where they can block what its channel agrees. What it does to everybody counts from
    what happens otherwise: the package that it bids against is signed. The externalities are left
    empty, as those of anything that is not signed.
    """
    c, d = s.counter[n, AGAINST], s.counter[n, THROUGH]
    if s.blocker_start[d] == s.blocker_start[d + 1]:
        return False
    find_externalities(s, values, state, d)
    package, bid = state.externality[c], state.externality[d]
    for a in range(bid.shape[0]):
        bid[a] = change_by_bid(bid[a], package[a])
    would_stop = pays_to_stop(s, d, bid)
    for a in range(bid.shape[0]):
        bid[a] = 0.0
    return would_stop


@jit
def outbids(s: Structure, values: Values, state: State, n: int) -> bool:
    """Return whether the outsider makes its counter-offer."""
    d, bidder = s.counter[n, THROUGH], s.counter[n, BIDDER]
    reservation = reservation_of(values, state, s.seats[d, bidder])
    return is_worth_bidding(state.offer_gain[d, bidder], reservation)


@jit
def takes(s: Structure, state: State, n: int) -> bool:
    """Return whether the party takes the counter-offer instead of the package."""
    gain = state.offer_gain[s.counter[n, THROUGH], s.counter[n, TAKER]]
    return is_taken(gain, state.bids.least[n])
