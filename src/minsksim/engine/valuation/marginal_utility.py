"""What a move is worth to an actor: its terms, its flows into stocks, prices and access.

A package must be separable, lever by lever, so a lever's direct terms are valued exactly along
their shape, and what it does through a stock, a price or a path of access is valued at the
present margin (first order). Recorded utilities always use the full shapes.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.engine.arrays.copying import copy_rows
from minsksim.engine.arrays.records import EFFECT, FIRST, SECOND, State, Structure, Values
from minsksim.engine.arrays.salience_cache import (
    has_answers,
    is_on_path,
    keep_path,
    recall_stakes,
)
from minsksim.engine.valuation.answers import add_to_salience, quality_of
from minsksim.engine.valuation.links import link_rate
from minsksim.engine.valuation.markets import add_market_slopes
from minsksim.engine.valuation.present_value import add_through_stocks, set_margins_aside
from minsksim.engine.valuation.shared_flows import add_shared_slopes
from minsksim.rules import brokerage, total_utility
from minsksim.rules.utility import shape, shape_slope, to_scale


@inlined
def on_scale(s: Structure, v: int, value: float) -> float:
    """Return quantity ``v`` at ``value`` on its 0-1 scale."""
    return to_scale(value, s.scale[v, 0], s.scale[v, 1])


@inlined
def seen_on_scale(s: Structure, state: State, a: int, v: int) -> float:
    """Return quantity ``v`` on its 0-1 scale as actor ``a`` sees it."""
    if v < s.lever_owner.shape[0]:
        return on_scale(s, v, state.seen[a, v])
    return on_scale(s, v, state.quantity[v])


@jit
def feel(s: Structure, state: State) -> None:
    """Set the salience that utilities are made of.

    What it answers to is added; what was dropped is left out, and the rest stays as it is.
    """
    copy_rows(state.salience, state.felt)
    add_to_salience(s, state, state.felt)
    for row in range(s.salience_dropped.shape[0]):
        state.felt[s.salience_dropped[row, 0], s.salience_dropped[row, 1]] = 0.0


@jit
def weigh_interests(s: Structure, values: Values, state: State) -> None:
    """Set d U_a / d interest k = s_ak + sum_b r_ab s_bk for every actor and interest."""
    feel(s, state)
    total_utility.stakes(state.felt, values.regard, state.stake)


@inlined
def term_weight(s: Structure, values: Values, state: State, a: int, n: int) -> float:
    """Return d U_a / d f_n: the actor's stake in the term's interest times the term's effect."""
    return total_utility.term_weight(state.stake[s.term_interest[n], a], values.term[n, EFFECT])


@jit
def willingness(s: Structure, values: Values, state: State, willing: np.ndarray) -> None:
    """Write the factor by which each actor passes messages on, capped by its bias."""
    for a in range(willing.shape[0]):
        lever = s.broker_lever[a]
        effort = on_scale(s, lever, state.quantity[lever]) if lever >= 0 else 1.0
        willing[a] = brokerage.willingness(effort, state.cache.informative[a])


@jit
def open_quality(s: Structure, state: State, quality: np.ndarray) -> None:
    """Write how well every pair of a channel can talk, 0 for a closed one."""
    for edge in range(quality.shape[0]):
        c = s.edge_channel[edge]
        quality[edge] = quality_of(s, state, c) if state.is_open[c] == 1 else 0.0


@jit
def add_margins(s: Structure, values: Values, state: State, n: int, margins: np.ndarray) -> None:
    """Add d U_a / d quantity through term ``n`` for every actor and driven quantity it names.

    ``margins`` has shape (V, A); per natural unit of the quantity.
    """
    levers = s.lever_owner.shape[0]
    of, times, code = s.term_of[n], s.term_times[n], s.term_shape[n]
    first, second = values.term[n, FIRST], values.term[n, SECOND]
    if of >= levers:
        z = on_scale(s, of, state.quantity[of])
        rate = shape_slope(code, z, first, second) / (s.scale[of, 1] - s.scale[of, 0])
        for a in range(margins.shape[1]):
            weight = term_weight(s, values, state, a, n)
            factor = seen_on_scale(s, state, a, times) if times >= 0 else 1.0
            margins[of, a] += total_utility.margin(weight, rate, factor)
    if times >= levers:
        span = s.scale[times, 1] - s.scale[times, 0]
        for a in range(margins.shape[1]):
            weight = term_weight(s, values, state, a, n)
            if weight != 0.0:
                level = shape(code, seen_on_scale(s, state, a, of), first, second)
                margins[times, a] += total_utility.margin_of_factor(weight, level, span)


@jit
def find_slopes(s: Structure, values: Values, state: State) -> None:
    """Set d U_a / d lever through stocks, markets and access, for every actor and lever.

    For actors with a horizon what goes through stocks is kept apart and valued next.
    """
    levers, actors = state.slope.shape
    work = state.workspace
    quality, willing, margins = work.quality, work.willing, work.margins
    slope, link_lever, link_quantity = state.slope, s.link_lever, s.link_quantity
    open_quality(s, state, quality)
    willingness(s, values, state, willing)
    for v in range(levers, margins.shape[0]):
        for a in range(actors):
            margins[v, a] = 0.0
    for lever in range(levers):
        for a in range(actors):
            slope[lever, a] = 0.0
    for row in range(s.driven_terms.shape[0]):
        add_margins(s, values, state, s.driven_terms[row], margins)
    if s.looks_ahead == 1:
        set_margins_aside(s, state)
    for j in range(link_lever.shape[0]):
        lever, v = link_lever[j], link_quantity[j]
        rate = link_rate(s, values, state, j)
        for a in range(actors):
            slope[lever, a] += margins[v, a] * rate
    add_shared_slopes(s, values, state)
    add_market_slopes(s, values, state)


@jit
def appraise(s: Structure, values: Values, state: State) -> None:
    """Set what every actor's utility gains from interests and levers at the present picture."""
    weigh_interests(s, values, state)
    find_slopes(s, values, state)
    if s.looks_ahead == 1:
        add_through_stocks(s, values, state)


@jit
def appraise_turn(s: Structure, values: Values, state: State, turn: int) -> None:
    """Do the same as bargaining opens; what is at stake may be known from other runs."""
    if not is_on_path(state, turn):
        appraise(s, values, state)
        keep_path(state, turn)
        return
    if has_answers(s):
        weigh_interests(s, values, state)
    else:
        recall_stakes(state, turn)
    find_slopes(s, values, state)
    if s.looks_ahead == 1:
        add_through_stocks(s, values, state)
