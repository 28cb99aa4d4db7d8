"""The arrays that rules are fed from: who is where, what is fixed, what changes.

``Structure`` holds whole numbers, the same for all runs; ``Values`` the numbers of a design point;
``State`` what a run changes. Axes: A actors, L levers, S stocks, K interests, C channels, M
markets, X access pairs, E events, F effects, I inflows, N terms, J links, Y sellers, B sanctions on
sellers, p parties of the largest channel, U ordered pairs of them, R pairs of all channels, h
threats, b beliefs, s flows that groups share, e their ends, d drives of markets, g levers of
markets, i imposed levers, a numbers that answer, r ratifiers, o counter-offers, and V quantities =
levers, stocks, channels, markets, access pairs, sellers' sales, profits and rents, beliefs.
"""

from typing import Annotated, NamedTuple

from minsksim.engine.arrays.kinds import Floats, Ints
from minsksim.engine.arrays.lump_room import Lumps
from minsksim.engine.arrays.outlook import Additions, Outlook, Sums
from minsksim.engine.arrays.phase_records import (
    Answered,
    Bids,
    Mind,
    Obstacles,
    Parts,
    Passing,
    SaliencePath,
    Standoff,
)
from minsksim.engine.arrays.workspace import Cache, Workspace

# columns of Values.actor, .lever, .term, .channel, .bargain and of the matching index arrays
PATIENCE, RATIONALITY, SUSCEPTIBILITY, AUDIENCE_COST, RESERVATION, BIAS = 0, 1, 2, 3, 4, 5
INITIAL, STEP_UP, STEP_DOWN, COST_UP, COST_DOWN, LEAK_RATE = 0, 1, 2, 3, 4, 5
EFFECT, FIRST, SECOND = 0, 1, 2
QUALITY, DECAY, BUILD, FORGETTING, KEPT = 0, 1, 2, 3, 4
BREAKDOWN = 0

# columns of Structure.ratifier
WHO, FOR = 0, 1

# columns of Structure.counter: the channel whose package is at stake, the seat there of the party
# that is bid for, the channel through which (-1 for nobody bids), and the seats there of both
AGAINST, SEAT, THROUGH, TAKER, BIDDER = 0, 1, 2, 3, 4

# columns of Structure.shared and .shared_link, and what stands for all ends of a shared flow
ROW, BY_SHARES, HAS_REFUSALS, REFUSED_TO, REFUSAL_ANSWER = 0, 1, 2, 3, 4
LEVER, QUANTITY, SIGN, SHARED, END, PART, ANSWERS = 0, 1, 2, 3, 4, 5, 6
WENT, REFUSED, ASKED = -1, -2, -3
REFUSED_AT = -4  # less the row of an end: those who were to leave it and refused

# kinds of links between a lever and a quantity it drives
LINK_FLOW, LINK_MARKET, LINK_ACCESS, LINK_ANSWER = 0, 1, 2, 3


class Structure(NamedTuple):
    """What never changes within a scenario; every array is C-ordered."""

    turns: int
    max_delay: int
    index_actor: Ints  # (A, 6) place of each number in the vector, -1 for none (value 0)
    index_salience: Ints  # (A, K)
    index_attention: Ints  # (A, A) [to, from]
    index_regard: Ints  # (A, A) [to, from]
    index_lever: Ints  # (L, 6)
    index_stock: Ints  # (S,)
    index_decay: Ints  # (S,)
    index_inflow: Ints  # (I,)
    index_term: Ints  # (N, 3)
    index_channel: Ints  # (C, 4 + 2 p) its numbers, then kept and broken of every party
    index_bargain: Ints  # (C, 1) breakdown
    index_needs: Ints  # (r,) what every ratifier must gain
    index_meeting: Ints  # (C,) what a meeting takes; none where no channel has a cause to meet
    index_market: Ints  # (M,)
    index_response: Ints  # (M, L)
    index_answer: Ints  # (I,)
    index_demand: Ints  # (M, 2)
    index_seller: Ints  # (Y, 4)
    index_bar: Ints  # (B, 4)
    index_hazard: Ints  # (E,)
    index_effect: Ints  # (F,)
    index_fades: Ints  # (F,)
    index_threat: Ints  # (h, 4)
    index_prior: Ints  # (b,)
    index_kind: Ints  # (b, 2, K)
    index_imposed: Ints  # (i,)
    index_answering: Ints  # (a, 2) by and beyond
    index_share: Ints  # (e,) weights of the ends of shared flows
    index_refusal: Ints  # (s, 2) share, response
    scale: Floats  # (V, 2) low and high end of each quantity's 0-1 scale
    lever_owner: Ints  # (L,)
    own_start: Ints  # (A + 1,) levers of each actor, as rows of own_levers
    own_levers: Ints
    lever_momentary: Ints  # (L,) 0 or 1
    lever_reversible: Ints  # (L,)
    lever_delay: Ints  # (L,) turns
    lever_unilateral: Ints  # (L,) UP + DOWN bits of vocabulary.py
    lever_active: Ints  # (L,) at the start
    lever_whole: Ints  # (L,) moves in whole units
    lever_dropped: Ints  # (L,) taken away: stands at the low end of its scale
    lever_curved: Ints  # (L,) has a term that is not linear, and no steps
    has_steps: int  # 1 where some lever comes in lumps
    step_start: Ints  # (L + 1,) values that a lever can take, as rows of step_values; none for any
    step_values: Floats
    hidden_start: Ints  # (A + 2,) levers that an actor, last the public, does not see
    hidden_levers: Ints
    secret_levers: Ints  # levers that may leak
    broker_lever: Ints  # (A,) lever that scales paths through the actor, or -1
    term_interest: Ints  # (N,)
    term_of: Ints  # (N,) quantity
    term_times: Ints  # (N,) quantity or -1
    term_shape: Ints  # (N,)
    driven_terms: Ints  # terms that name a quantity that a lever drives
    direct_start: Ints  # (L + 1,) terms that name a lever, as rows of direct_terms
    direct_terms: Ints
    link_lever: Ints  # (J,)
    link_quantity: Ints  # (J,)
    link_kind: Ints  # (J,)
    link_sign: Ints  # (J,) +1 or -1 for flows
    link_inflow: Ints  # (J,) inflow that answers, or -1
    looks_ahead: int  # 1 where some actor has a horizon, and so counts what moves bring later
    horizon: Ints  # (A, 2) turns that each counts, and the last one it counts; 0 for none
    most_counted: int  # N: the most turns that anybody counts
    route: Ints  # (r, 6) how levers reach stocks; columns in engine/arrays/outlook.py
    valued_flows: Ints  # flows that some route leads into
    flow_order: Ints  # (I,) flows in the order of a turn; empty where nobody has a horizon
    inflow_to: Ints  # (I,) stock index
    inflow_from: Ints  # (I,) stock index or -1 for outside
    inflow_lever: Ints  # (I,) or -1 when by rate or constant
    inflow_constant: Ints  # (I,) 1 where neither a lever nor the stock left makes its size
    inflow_drains: Ints  # (I,) 1 where the flow may be negative
    inflow_counter: Ints  # (I, S) 1 where a stock counts the inflow
    inflow_whole: Ints  # (I,)
    inflow_answer: Ints  # (I,) quantity that adds to the flow, or -1
    stock_bounds: Floats  # (S, 2) lowest and highest value
    stock_bounded: Ints  # (S,) 1 where a flow can meet them
    inflow_shared: Ints  # (I,) row of shared, or -1 for one origin, one goal and no refusals
    shared: Ints  # (s, 5) columns are ROW to REFUSAL_ANSWER
    end_start: Ints  # (2 s + 1,) origins, then goals, of each shared flow
    end_stock: Ints  # (e,) stock index
    shared_counter: Ints  # (n, 3) shared flow, end or WENT or REFUSED or REFUSED_AT, counter
    shared_link: Ints  # (n, 7) columns are LEVER to ANSWERS
    sum_stock: Ints  # stocks that are the sum of others
    sum_start: Ints  # where their groups begin
    sum_groups: Ints  # stock index
    pool_start: Ints  # stocks that levers draw on together
    pool_stocks: Ints  # stock index
    claim_start: Ints  # levers that count against each pool
    claims: Ints  # (n, 2) lever, and how many times it counts
    lever_pool_start: Ints  # (L + 1,) pools that limit each lever
    lever_pools: Ints
    market_cournot: Ints  # (M,) 0 or 1
    seller_start: Ints  # (M + 1,) sellers of each market
    seller: Ints  # (Y, 4) columns in engine/valuation/markets.py, like those of bar
    bar_start: Ints  # (Y + 1,) sanctions on each seller
    bar: Ints  # (B, 7)
    drive: Ints  # (d, 2) a lever that moves a market of few sellers, and the market
    market_felt: Ints  # what its sellers sell and earn, as far as a term names it
    market_levers: Ints  # (g,) every lever that such a market depends on
    channel_ends: Ints  # (C, 2) the first two parties
    channel_size: Ints  # (C,) how many parties
    seats: Ints  # (C, p) all of them, -1 where there are fewer
    edge_ends: Ints  # (R, 2) every pair of a channel
    edge_channel: Ints  # (R,)
    channel_protocol: Ints  # (C,)
    channel_public: Ints  # (C,)
    channel_rounds: Ints  # (C,) offers before a deadline, 0 for none
    ratifier_start: Ints  # (C + 1,) who must ratify, as rows of ratifier
    ratifier: Ints  # (r, 2) actor, and seat of the party it ratifies for
    counter_start: Ints  # (C + 1,) counter-offers against each channel, as rows of counter
    counter: Ints  # (o, 5)
    blocker_start: Ints  # (C + 1,) who can pay to block, as rows of blockers
    blockers: Ints
    channel_open: Ints  # (C,)
    meeting: Ints  # (C, 3) columns in engine/phases/meetings.py, or none
    date_start: Ints  # (C + 1,) dates on which the parties meet, as rows of date_turns
    date_turns: Ints
    channel_tranches: Ints  # (C,) parts in which an agreement is delivered, >= 1
    table_start: Ints  # (C + 1,)
    table_levers: Ints
    access_ends: Ints  # (X, 2)
    threat: Ints  # (h, 3) levers of demand and sanction, whether public
    event_turn: Ints  # (E,) 1-based turn, or 0 for a hazard
    effect_event: Ints  # (F,)
    effect_kind: Ints  # (F,)
    effect_first: Ints  # (F,) quantity, actor or channel
    effect_second: Ints  # (F,) interest or side
    effect_how: Ints  # (F,)
    effect_lasts: Ints  # (F,) turns for which it holds, 0 for ever
    passing: Ints  # effects that hold for a while or fade
    measures_utility: int  # 1 where a measure reads utilities in every turn
    measure_take: Ints  # (Q,)
    measures_running: Ints  # those that every turn adds to; the others are taken at the end
    measure_start: Ints  # (Q + 1,)
    measure_kind: Ints
    measure_index: Ints
    measure_above: Floats  # (Q,)
    draw_name: Ints  # (n,) addresses of a turn's random numbers, filled up to whole vectors
    draw_purpose: Ints  # (n,)
    draw_start: Ints  # where the rows of a purpose begin
    imposed: Ints  # (i, 2) lever that nobody may move, and the turn from which it stands
    salience_dropped: Ints  # (n, 2) actor and interest that its utility leaves out
    answering: Ints  # (a, 5) columns in engine/valuation/answers.py
    salience_answers: Ints  # (A,) 1 where a salience of the actor answers to a quantity
    belief: Ints  # (b, 4) whose type, who believes (-1 the public), the truth (-1 drawn), address


class Values(NamedTuple):
    """The model numbers of one design point, laid out for the rules."""

    actor: Floats  # (A, 6)
    salience: Floats  # (A, K) rows normalised
    attention: Floats  # (A, A) rows normalised
    regard: Floats  # (A, A)
    lever: Floats  # (L, 6)
    stock: Floats  # (S,)
    decay: Floats  # (S,) share lost per turn; between bounds a stock is linear in itself and flows
    inflow: Floats  # (I,) rate, amount, or units per unit of the lever
    term: Floats  # (N, 3)
    channel: Floats  # (C, 4 + 2 p)
    bargain: Floats  # (C, 1)
    needs: Floats  # (r,)
    meeting: Floats  # (C,), or none
    market: Floats  # (M,)
    response: Floats  # (M, L)
    answer: Floats  # (I,)
    demand: Floats  # (M, 2) intercept, slope
    seller: Floats  # (Y, 4)
    bar: Floats  # (B, 4)
    hazard: Floats  # (E,)
    effect: Floats  # (F,)
    fades: Floats  # (F,)
    threat: Floats  # (h, 4)
    prior: Floats  # (b,) of beliefs
    kind: Floats  # (b, 2, K) salience rows of either type, normalised
    imposed: Floats  # (i,) value at which the lever stands
    answering: Floats  # (a, 2) what is added, and the red line
    share: Floats  # (e,)
    refusal: Floats  # (s, 2)


class State(NamedTuple):
    """What one run changes; the axes of each array stand beside it.

    O onlookers (actors and the public), U ordered pairs of a channel's parties, D delays, B terms
    of a utility (interests, regard, costs), Q measures, n random numbers; a digit is a length.
    """

    quantity: Annotated[Floats, "V"]  # true values
    seen: Annotated[Floats, "OL"]  # last seen value of each lever; the last row is the public
    salience: Annotated[Floats, "AK"]
    innate: Annotated[Floats, "AK"]  # where susceptible actors are drawn back to
    next_salience: Annotated[Floats, "AK"]  # staged
    felt: Annotated[Floats, "AK"]  # salience without what was dropped; rows are not normalised
    ledger: Annotated[Floats, "CU2"]  # by party and by whom it judges: kept, broken by the other
    pending: Annotated[Floats, "DL"]  # value to take later, NaN for none; D = max_delay + 1
    bound_channel: Annotated[Ints, "L"]  # channel of the standing agreement, or -1
    bound_from: Annotated[Floats, "L"]  # value before it
    is_open: Annotated[Ints, "C"]
    is_active: Annotated[Ints, "L"]
    has_happened: Annotated[Ints, "E"]  # turn in which the event struck, or 0
    has_leaked: Annotated[Ints, "L"]  # this turn
    draws: Annotated[Floats, "n"]  # this turn's random numbers
    stake: Annotated[Floats, "KA"]  # d U_a / d interest, from salience and regard
    slope: Annotated[Floats, "LA"]  # d U_a / d lever through stocks, markets and access
    promised: Annotated[Ints, "L"]  # channel whose agreement moves the lever this turn, or -1
    at_table: Annotated[Floats, "L"]  # lever values when bargaining began
    planned: Annotated[Floats, "L"]  # value the lever is to take this turn
    reverted: Annotated[Ints, "L"]  # snapped back this turn
    offer_state: Annotated[Ints, "C"]  # one of ENDINGS of vocabulary.py
    meeting_chance: Annotated[Floats, "C"]  # that the parties meet this turn
    last_met: Annotated[Ints, "C"]  # turn of the last meeting, or 0
    offer_gain: Annotated[Floats, "Cp"]
    offer_own: Annotated[Floats, "Cp"]  # the part that comes from the own moves and their cost
    offer_value: Annotated[Floats, "CL"]  # value of each lever in the package
    has_accepted: Annotated[Ints, "Cp"]
    has_kept: Annotated[Ints, "Cp"]
    externality: Annotated[Floats, "CA"]  # dU of every actor from the package as signed or blocked
    paid: Annotated[Floats, "A"]  # costs of the turn, utils
    choice: Annotated[Ints, "A2"]  # lever and direction of the unilateral move, -1 for none
    utility: Annotated[Floats, "A"]
    contribution: Annotated[Floats, "AB"]  # interests, regard, costs
    was_agreed: Annotated[Ints, "C"]
    was_broken: Annotated[Ints, "C"]
    was_blocked: Annotated[Ints, "C"]
    measure: Annotated[Floats, "Q"]
    cleared_at: Annotated[Floats, "g"]  # levers when such markets were last cleared, or NaN
    swung_at: Annotated[Floats, "g"]  # the same of the swings
    swing: Annotated[Floats, "dV"]  # what a lever's whole scale does to its market's quantities
    outlook: Outlook
    additions: Additions
    sums: Sums
    workspace: Workspace
    lumps: Lumps
    cache: Cache
    standoff: Standoff
    parts: Parts
    bids: Bids
    obstacles: Obstacles
    passing: Passing
    mind: Mind
    answered: Answered
    salience_path: SaliencePath
