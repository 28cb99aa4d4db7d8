"""What moves are worth to actors with a horizon: over the turns that they count, discounted.

Direct terms, prices and access last as long as the lever stands, so what they bring in one turn is
multiplied by one factor. What a lever does through stocks outlasts it and moves on to other
stocks, so it is valued apart, unit by unit (``units.py``). Nothing else is
foreseen: margins, stakes and other levers are taken to stay as they are.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.outlook import (
    HOW_LONG,
    INFLOW,
    IS_AMOUNT,
    LAG,
    LEVER,
    ROW,
    UNTIL,
    VIA,
)
from minsksim.engine.arrays.records import PATIENCE, State, Structure, Values
from minsksim.engine.valuation.links import link_rate
from minsksim.engine.valuation.streams import has_horizon, is_settled
from minsksim.engine.valuation.units import value_units
from minsksim.rules.lever_payoff import delay_discount
from minsksim.rules.present_value import (
    reversible_value,
    standing_value,
    turns_counted,
    with_future,
)

FOR_GOOD = 1.0
"""How likely a move is to be kept in each later turn if nobody can or would take it back."""


@jit
def counted_from(s: Structure, state: State, a: int, wait: int) -> int:
    """Return how many turns actor ``a`` counts of an effect that begins after ``wait`` turns."""
    how_long, until = s.horizon[a, HOW_LONG], s.horizon[a, UNTIL]
    return turns_counted(state.outlook.turn[0], s.turns, how_long, until, wait)


@jit
def forget_outlook(state: State) -> None:
    """Begin a run without knowing how many turns anybody counts."""
    state.outlook.counted[:, :] = -1


@jit
def open_outlook(s: Structure, values: Values, state: State, turn: int) -> None:
    """Set how many turns every actor counts from now, or from where a delayed move lands."""
    if s.looks_ahead == 0:
        return
    view = state.outlook
    view.turn[0] = turn
    for a in range(view.once.shape[0]):
        patience, is_far = values.actor[a, PATIENCE], has_horizon(s, a)
        for delay in range(view.once.shape[1]):
            n = counted_from(s, state, a, delay) if is_far else 0
            if n == view.counted[a, delay]:  # as in the turn before
                continue
            discount = delay_discount(patience, delay)
            view.counted[a, delay] = n
            view.once[a, delay] = view.standing[a, delay] = discount
            if is_far:
                view.once[a, delay] = discount if n > 0 else 0.0
                view.standing[a, delay] = discount * standing_value(patience, n)


@jit
def set_margins_aside(s: Structure, state: State) -> None:
    """Keep what stocks bring actors with a horizon, and leave it out of one turn's margins."""
    margins, kept, levers = state.workspace.margins, state.outlook.margin, s.lever_owner.shape[0]
    actors = margins.shape[1]
    for stock in range(kept.shape[0]):
        for a in range(actors):
            margin = margins[levers + stock, a]
            kept[stock, a] = margin
            margins[levers + stock, a] = 0.0 if state.outlook.counted[a, 0] > 0 else margin
    for row in range(s.sum_stock.shape[0]):  # what a sum brings, each of its groups does
        for group in range(s.sum_start[row], s.sum_start[row + 1]):
            for a in range(actors):
                kept[s.sum_groups[group], a] += kept[s.sum_stock[row], a]
        kept[s.sum_stock[row], :] = 0.0


@jit
def route_rate(s: Structure, values: Values, state: State, r: int) -> float:
    """Return how much the flow of route ``r`` grows with its lever, per natural units."""
    lever, inflow, via = s.route[r, LEVER], s.route[r, INFLOW], s.route[r, VIA]
    if s.route[r, IS_AMOUNT] == 1:
        return values.inflow[inflow]
    answered = via if via >= 0 else lever
    rate = values.answer[inflow] / (s.scale[answered, 1] - s.scale[answered, 0])
    if via < 0:
        return rate
    row, markets = s.route[r, ROW], s.lever_owner.shape[0] + s.index_stock.shape[0]
    markets += s.channel_ends.shape[0]
    if row >= s.link_lever.shape[0]:  # a market of few sellers
        span = s.scale[lever, 1] - s.scale[lever, 0]
        return rate * state.swing[row - s.link_lever.shape[0], via] / span
    return rate * link_rate(s, values, state, row)


@jit
def worth_if_kept(values: Values, state: State, a: int, i: int, n: int, keep: float) -> float:
    """Return what a unit through flow ``i`` in n turns is worth, each with chance ``keep``."""
    worth, discount = 0.0, values.actor[a, PATIENCE] * keep
    for counted in range(1, n + 1):
        worth = with_future(state.outlook.unit[counted, i, a], discount, worth)
    return worth


@jit
def worth_of_route(
    s: Structure, values: Values, state: State, a: int, r: int, keep: float, later: int
) -> float:
    """Return the present value to actor ``a`` of one unit of the flow that route ``r`` moves.

    The lever moves ``later`` turns from now, and is kept in each turn after that with probability
    ``keep``. Who takes a move back does so after the drift of the turn, which still flows.
    """
    lever, i, lag = s.route[r, LEVER], s.route[r, INFLOW], s.route[r, LAG]
    wait, patience = s.lever_delay[lever] + later, values.actor[a, PATIENCE]
    n = counted_from(s, state, a, wait) - lag
    if n <= 0:
        return 0.0
    discount = delay_discount(patience, wait + lag)
    if s.lever_momentary[lever] == 1:
        return discount * state.outlook.unit[n, i, a]
    if keep == FOR_GOOD or lag == 1 or is_settled(s, i):
        return discount * worth_if_kept(values, state, a, i, n, keep)
    rest = worth_if_kept(values, state, a, i, n - 1, keep)
    return discount * with_future(state.outlook.unit[n, i, a], patience, rest)


@jit
def through_stocks(
    s: Structure, values: Values, state: State, a: int, lever: int, keep: float, later: int
) -> float:
    """Return what a move of the lever brings actor ``a`` through stocks, per natural unit."""
    total = 0.0
    for r in range(s.route.shape[0]):
        if s.route[r, LEVER] == lever:
            rate = route_rate(s, values, state, r)
            total += rate * worth_of_route(s, values, state, a, r, keep, later)
    return total


@jit
def add_through_stocks(s: Structure, values: Values, state: State) -> None:
    """Set what every lever brings actors with a horizon through stocks, if its move is kept."""
    value_units(s, values, state)
    view, ahead = state.outlook, state.outlook.ahead
    for lever in range(ahead.shape[0]):
        for a in range(ahead.shape[1]):
            ahead[lever, a] = 0.0
    for r in range(s.route.shape[0]):
        lever, i, lag = s.route[r, LEVER], s.route[r, INFLOW], s.route[r, LAG]
        rate, delay = route_rate(s, values, state, r), s.lever_delay[lever]
        for a in range(ahead.shape[1]):
            n = view.counted[a, delay] - lag
            if n > 0:
                discount = delay_discount(values.actor[a, PATIENCE], delay + lag)
                once = s.lever_momentary[lever] == 1
                worth = view.unit[n, i, a] if once else state.sums.lasting[n, i, a]
                ahead[lever, a] += rate * (discount * worth)


@jit
def worth_of_lever(
    s: Structure, values: Values, state: State, a: int, lever: int, keep: float
) -> tuple[float, float]:
    """Return what one turn's payoff from a lever counts for, and what comes through stocks.

    The first is a factor; the second is utils per natural unit of the lever. ``keep`` is the
    probability that the move is kept in each later turn; of a lever that cannot be taken back, and
    of one that moves for one turn, it does not matter.
    """
    delay, view = s.lever_delay[lever], state.outlook
    if s.lever_momentary[lever] == 1:
        return view.once[a, delay], view.ahead[lever, a]
    if keep == FOR_GOOD or s.lever_reversible[lever] == 0 or not has_horizon(s, a):
        return view.standing[a, delay], view.ahead[lever, a]
    return worth_of_later(s, values, state, a, lever, keep, 0)


@jit
def worth_of_later(
    s: Structure, values: Values, state: State, a: int, lever: int, keep: float, later: int
) -> tuple[float, float]:
    """Return the same to an actor with a horizon for a move ``later`` turns from now."""
    wait, patience = s.lever_delay[lever] + later, values.actor[a, PATIENCE]
    n = counted_from(s, state, a, wait)
    chance = keep if s.lever_reversible[lever] == 1 else FOR_GOOD
    factor = reversible_value(patience, chance, n)
    if s.lever_momentary[lever] == 1:
        factor = 1.0 if n > 0 else 0.0
    through = through_stocks(s, values, state, a, lever, chance, later)
    return delay_discount(patience, wait) * factor, through
