"""The threats of two parties: what each could do alone with its levers on the table."""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.bargaining.lever_payoff import fill_payoff
from minsksim.engine.bargaining.offers_in_turn import lay_out_frontier
from minsksim.engine.bargaining.package import lay_out
from minsksim.engine.bargaining.positions import FIRST_CELLS, OWNER, gains_at, grid
from minsksim.engine.bargaining.reaches import reach
from minsksim.engine.valuation.answers import audience_cost_of
from minsksim.engine.valuation.present_value import FOR_GOOD
from minsksim.rules.going_back import exposure
from minsksim.rules.variable_threats import is_credible, threat_point
from minsksim.vocabulary import DOWN, UP


@jit
def list_threats(
    s: Structure, values: Values, state: State, c: int, i: int, is_only_credible: bool
) -> None:
    """Write what the owner of the lever in row ``i`` could do with it, doing nothing first.

    A threat is counted at what it does, not at the trust that a promise gets.
    """
    work, lever = state.workspace, state.workspace.levers[i]
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    work.threat_first[i, 0], work.threat_second[i, 0] = 0.0, 0.0
    work.threat_counts[i] = 1
    side = int(work.facts[i, OWNER])
    work.threat_by[i] = side
    ways, now = s.lever_unilateral[lever], state.quantity[lever]
    low, high = reach(s, values, state, c, lever)
    work.windows[i, 0] = low if ways & DOWN else now
    work.windows[i, 1] = high if ways & UP else now
    if ways == 0:
        return
    linear, curves = work.linear[i], work.curves[i]
    work.curved[i] = fill_payoff(
        s, values, state, one, two, lever, linear, curves, FOR_GOOD, FOR_GOOD
    )
    is_curved = s.lever_curved[lever] == 1
    points = grid(work.windows[i], now, is_curved, FIRST_CELLS, work.points[i])
    gains_at(work, state.cache, i, points, False)
    is_public = s.channel_public[c] == 1
    exposed = exposure(audience_cost_of(values, state, s.lever_owner[lever]), is_public)
    for j in range(points):
        own = work.first[i, j] if side == 0 else work.second[i, j]
        if is_only_credible and not is_credible(own, exposed):
            continue
        count = work.threat_counts[i]
        work.threat_first[i, count] = work.first[i, j]
        work.threat_second[i, count] = work.second[i, j]
        work.threat_counts[i] = count + 1


@jit
def find_threats(
    s: Structure, values: Values, state: State, c: int, levers: int, is_only_credible: bool
) -> tuple[float, float]:
    """Return the point from which the parties of channel ``c`` divide, each with its best threats.

    Threats move the division and are not carried out; nobody signs what is worse for it than no
    agreement.
    """
    work = state.workspace
    for i in range(levers):
        list_threats(s, values, state, c, i, is_only_credible)
    lay_out(s, values, state, c, levers)
    last = lay_out_frontier(s, values, state, c, levers)
    return threat_point(
        work.us,
        work.vs,
        last,
        state.cache.weight[c],
        work.threat_first,
        work.threat_second,
        work.threat_counts,
        work.threat_by,
        levers,
    )
