"""A package for the table of a channel: what its protocol finds in numbers that all may know."""

from minsksim._compiled.marks import jit
from minsksim.endings import NOT_RATIFIED, NOTHING_FREE, NOTHING_SUITS, OFFERED
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.bargaining.many_parties import find_common_package
from minsksim.engine.bargaining.offer import round_offer
from minsksim.engine.bargaining.package import lay_out
from minsksim.engine.bargaining.pools import cap_package, lift_caps
from minsksim.engine.bargaining.protocols import one_by_one, set_terms, swap
from minsksim.engine.bargaining.reaches import list_free_levers
from minsksim.engine.bargaining.search import search
from minsksim.engine.phases.beliefs import (
    assume_expected_types,
    judge_types,
    restore_true_types,
)
from minsksim.vocabulary import EXCHANGE, SEPARATE


@jit
def find_package(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Find the protocol's package for channel ``c``; return whether there is one that suits all."""
    protocol = s.channel_protocol[c]
    if s.channel_size[c] > 2:
        return find_common_package(s, values, state, c, levers)
    lay_out(s, values, state, c, levers)
    if protocol == EXCHANGE:
        return swap(s, values, state, c, levers)
    if protocol == SEPARATE:
        return one_by_one(s, values, state, c, levers)
    position, least, ideal, threats = set_terms(s, values, state, c, levers)
    is_found, _, _ = search(s, values, state, c, position, least, ideal, threats, levers)
    return is_found


@jit
def propose(s: Structure, values: Values, state: State, c: int) -> bool:
    """Put the protocol's package for channel ``c`` on the table; return whether there is one.

    Where there is none, why is noted as what became of the meeting.
    """
    levers = list_free_levers(s, state, c)
    state.workspace.lacks_assent[0] = 0
    for lever in range(s.lever_owner.shape[0]):
        state.offer_value[c, lever] = state.quantity[lever]
    if levers == 0:
        state.offer_state[c] = NOTHING_FREE
        return False
    lift_caps(s, state, levers)
    is_found = find_package(s, values, state, c, levers)
    if is_found and cap_package(s, state, levers):
        is_found = find_package(s, values, state, c, levers)
    if not is_found or not round_offer(s, values, state, c, levers):
        lacks_assent = state.workspace.lacks_assent[0] == 1
        state.offer_state[c] = NOT_RATIFIED if lacks_assent else NOTHING_SUITS
        return False
    state.offer_state[c] = OFFERED
    return True


@jit
def propose_as_believed(s: Structure, values: Values, state: State, c: int) -> bool:
    """Put a package on the table, on believed gains where a party's are private.

    The gains that the parties then weigh are the true ones, and a package below a true
    reservation is never accepted.
    """
    if not assume_expected_types(s, state, c):
        return propose(s, values, state, c)
    is_offered = propose(s, values, state, c)
    restore_true_types(s, state, c)
    if is_offered:
        judge_types(s, values, state, c)
    return is_offered
