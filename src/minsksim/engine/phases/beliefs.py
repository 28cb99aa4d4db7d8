"""Private types and beliefs about them: bargaining on what is believed, and learning from it.

A partner puts packages together as if the private salience were the one it expects; the actor
itself accepts and keeps by the true one. The believer then asks how likely each type was to
accept, and updates by Bayes. An outside observer sees only whether a public channel made an
agreement; it is given the model to work out how likely that was, which is more than any
outsider has. Either posterior is only as good as the simulator. Nothing else is learnt from:
not from what is kept or broken, nor from unilateral acts.
"""

from minsksim._compiled.marks import jit
from minsksim.endings import WITH_PACKAGE
from minsksim.engine.arrays.randomness import TYPE, uniform
from minsksim.engine.arrays.records import RATIONALITY, State, Structure, Values
from minsksim.engine.bargaining.many_parties import seat_of
from minsksim.engine.bargaining.offer import weigh_offer
from minsksim.engine.bargaining.package import lay_out
from minsksim.engine.bargaining.reaches import list_free_levers
from minsksim.engine.valuation.answers import reservation_of
from minsksim.engine.valuation.marginal_utility import appraise
from minsksim.rules.beliefs import expected_of_types, posterior
from minsksim.rules.choice import acceptance_probability
from minsksim.vocabulary import HIGH_TYPE, LOW_TYPE

# columns of Structure.belief; BY is -1 for the public, TRUE -1 where each run draws the type
OF, BY, TRUE, ADDRESS = 0, 1, 2, 3
UNSEEN = -1.0
"""Stands for the chances of a channel in which nothing can be learnt this turn."""


@jit
def place_of(s: Structure, b: int) -> int:
    """Return the quantity that belief ``b`` is: the last ones."""
    return s.scale.shape[0] - s.belief.shape[0] + b


@jit
def begin_beliefs(s: Structure, values: Values, state: State, seed: int, rep: int) -> None:
    """Draw every private type, give its actor that salience, and set the priors."""
    for b in range(s.belief.shape[0]):
        a, kind = s.belief[b, OF], s.belief[b, TRUE]
        if kind < 0:
            is_high = uniform(seed, rep, 0, s.belief[b, ADDRESS], TYPE) < values.prior[b]
            kind = HIGH_TYPE if is_high else LOW_TYPE
        state.mind.kind[b] = kind
        state.quantity[place_of(s, b)] = values.prior[b]
        for k in range(state.salience.shape[1]):
            state.salience[a, k] = values.kind[b, kind, k]
            state.innate[a, k] = values.kind[b, kind, k]


@jit
def keep_ahead(s: Structure, state: State, b: int, kind: int) -> None:
    """Keep what moves through stocks are worth to a type, where actors look ahead."""
    if s.looks_ahead == 0:
        return
    mind, view, a = state.mind, state.outlook, s.belief[b, OF]
    for lever in range(view.ahead.shape[0]):
        mind.ahead[b, kind, lever] = view.ahead[lever, a]
    for n in range(view.unit.shape[0]):
        for i in range(view.unit.shape[1]):
            mind.unit[b, kind, n, i] = view.unit[n, i, a]


@jit
def assume_ahead(s: Structure, state: State, b: int, high: float) -> None:
    """Put what they are worth to the expected type in the place of the true one's."""
    if s.looks_ahead == 0:
        return
    mind, view, a = state.mind, state.outlook, s.belief[b, OF]
    for lever in range(view.ahead.shape[0]):
        mind.own_ahead[b, lever] = view.ahead[lever, a]
        low, top = mind.ahead[b, LOW_TYPE, lever], mind.ahead[b, HIGH_TYPE, lever]
        view.ahead[lever, a] = expected_of_types(high, low, top)
    for n in range(view.unit.shape[0]):
        for i in range(view.unit.shape[1]):
            mind.own_unit[b, n, i] = view.unit[n, i, a]
            low, top = mind.unit[b, LOW_TYPE, n, i], mind.unit[b, HIGH_TYPE, n, i]
            view.unit[n, i, a] = expected_of_types(high, low, top)


@jit
def restore_ahead(s: Structure, state: State, b: int) -> None:
    """Put the true ones back."""
    if s.looks_ahead == 0:
        return
    mind, view, a = state.mind, state.outlook, s.belief[b, OF]
    for lever in range(view.ahead.shape[0]):
        view.ahead[lever, a] = mind.own_ahead[b, lever]
    for n in range(view.unit.shape[0]):
        for i in range(view.unit.shape[1]):
            view.unit[n, i, a] = mind.own_unit[b, n, i]


@jit
def imagine(s: Structure, values: Values, state: State) -> None:
    """Work out what everything would be worth to actors with a private type, were they of either.

    What has moved their salience since turn 0 is taken to have moved it for either type alike.
    """
    mind = state.mind
    for b in range(s.belief.shape[0]):
        a = s.belief[b, OF]
        row, true = state.salience[a], values.kind[b, mind.kind[b]]
        for k in range(row.shape[0]):
            mind.own_salience[b, k] = row[k]
        for kind in range(2):
            for k in range(row.shape[0]):
                row[k] = mind.own_salience[b, k] + (values.kind[b, kind, k] - true[k])
            appraise(s, values, state)
            for k in range(mind.stake.shape[2]):
                mind.stake[b, kind, k] = state.stake[k, a]
            for lever in range(mind.slope.shape[2]):
                mind.slope[b, kind, lever] = state.slope[lever, a]
            keep_ahead(s, state, b, kind)
        for k in range(row.shape[0]):
            row[k] = mind.own_salience[b, k]


@jit
def assume_type(s: Structure, state: State, b: int, high: float) -> None:
    """Put the expected type in the place of the true one: ``high`` is how likely it is high."""
    mind, a = state.mind, s.belief[b, OF]
    for k in range(mind.stake.shape[2]):
        mind.own_stake[b, k] = state.stake[k, a]
        low_stake, high_stake = mind.stake[b, LOW_TYPE, k], mind.stake[b, HIGH_TYPE, k]
        state.stake[k, a] = expected_of_types(high, low_stake, high_stake)
    for lever in range(mind.slope.shape[2]):
        mind.own_slope[b, lever] = state.slope[lever, a]
        low_slope, high_slope = mind.slope[b, LOW_TYPE, lever], mind.slope[b, HIGH_TYPE, lever]
        state.slope[lever, a] = expected_of_types(high, low_slope, high_slope)
    assume_ahead(s, state, b, high)


@jit
def restore_true_type(s: Structure, state: State, b: int) -> None:
    """Put the true type back."""
    mind, a = state.mind, s.belief[b, OF]
    for k in range(mind.stake.shape[2]):
        state.stake[k, a] = mind.own_stake[b, k]
    for lever in range(mind.slope.shape[2]):
        state.slope[lever, a] = mind.own_slope[b, lever]
    restore_ahead(s, state, b)


@jit
def is_guessed(s: Structure, c: int, b: int) -> bool:
    """Return whether channel ``c`` is between the actor of belief ``b`` and its believer."""
    return seat_of(s, c, s.belief[b, OF]) >= 0 and seat_of(s, c, s.belief[b, BY]) >= 0


@jit
def reweigh(s: Structure, values: Values, state: State, c: int) -> None:
    """Set the parties' gains from the package on the table at the present weights."""
    levers = list_free_levers(s, state, c)
    if s.channel_size[c] == 2:
        lay_out(s, values, state, c, levers)
    weigh_offer(s, values, state, c, levers)


@jit
def chance_to_accept(s: Structure, values: Values, state: State, c: int, side: int) -> float:
    """Return how likely a party is to accept the package on the table."""
    a = s.seats[c, side]
    return acceptance_probability(
        state.offer_gain[c, side], reservation_of(values, state, a), values.actor[a, RATIONALITY]
    )


@jit
def assume_expected_types(s: Structure, state: State, c: int) -> bool:
    """Put the expected in the place of every true type at channel ``c``; return whether any is."""
    is_any = False
    for b in range(s.belief.shape[0]):
        if is_guessed(s, c, b):
            assume_type(s, state, b, state.quantity[place_of(s, b)])
            is_any = True
    return is_any


@jit
def restore_true_types(s: Structure, state: State, c: int) -> None:
    """Put every true type at channel ``c`` back."""
    for b in range(s.belief.shape[0]):
        if is_guessed(s, c, b):
            restore_true_type(s, state, b)


@jit
def judge_types(s: Structure, values: Values, state: State, c: int) -> None:
    """Work out how likely either type was to accept the package; leave the true gains."""
    for b in range(s.belief.shape[0]):
        if is_guessed(s, c, b):
            for kind in range(2):
                assume_type(s, state, b, float(kind))
                reweigh(s, values, state, c)
                side = seat_of(s, c, s.belief[b, OF])
                state.mind.chances[b, kind] = chance_to_accept(s, values, state, c, side)
                restore_true_type(s, state, b)
    reweigh(s, values, state, c)


@jit
def learn(s: Structure, state: State, c: int) -> None:
    """Update beliefs by what happened in channel ``c``."""
    chances = state.mind.chances
    for b in range(s.belief.shape[0]):
        side = seat_of(s, c, s.belief[b, OF])
        if side < 0:
            continue
        if s.belief[b, BY] < 0:
            is_seen = chances[b, LOW_TYPE] != UNSEEN
            has_happened = state.was_agreed[c] == 1
        else:
            is_seen = is_guessed(s, c, b) and state.offer_state[c] in WITH_PACKAGE
            has_happened = state.has_accepted[c, side] == 1
        if is_seen:
            high, low = chances[b, HIGH_TYPE], chances[b, LOW_TYPE]
            if not has_happened:
                high, low = 1.0 - high, 1.0 - low
            place = place_of(s, b)
            state.quantity[place] = posterior(state.quantity[place], high, low)
