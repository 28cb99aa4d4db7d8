"""From the flat vector of numbers to the arrays of one design point, and the state of turn 0."""

from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.endings import NO_OFFER
from minsksim.engine.arrays.copying import copy_row, copy_rows
from minsksim.engine.arrays.kinds import Floats, Ints
from minsksim.engine.arrays.records import (
    BIAS,
    INITIAL,
    KEPT,
    PATIENCE,
    QUALITY,
    State,
    Structure,
    Values,
)
from minsksim.engine.arrays.workspace import LANE, POINTS, WIDE, Cache
from minsksim.rules.cheap_talk import informativeness
from minsksim.rules.influence import normalise
from minsksim.rules.patience import bargaining_weight


@jit
def fill(index: np.ndarray, numbers: np.ndarray, target: np.ndarray) -> None:
    """Copy numbers to their places; an index of -1 stands for zero."""
    places, slots = index.reshape(-1), target.reshape(-1)
    for i in range(places.shape[0]):
        slots[i] = numbers[places[i]] if places[i] >= 0 else 0.0


def new_values(structure: Structure) -> Values:
    """Return empty arrays of the right shapes."""
    shapes = {name: getattr(structure, f"index_{name}").shape for name in Values._fields}
    return Values(**{name: np.zeros(shape) for name, shape in shapes.items()})


@jit
def _load_flows(s: Structure, numbers: Floats, v: Values) -> None:
    """Fill in what stocks begin with and how they flow; a lever counts once unless told else."""
    fill(s.index_stock, numbers, v.stock)
    fill(s.index_decay, numbers, v.decay)
    fill(s.index_inflow, numbers, v.inflow)
    fill(s.index_answer, numbers, v.answer)
    fill(s.index_answering, numbers, v.answering)
    fill(s.index_share, numbers, v.share)
    fill(s.index_refusal, numbers, v.refusal)
    for i in range(v.inflow.shape[0]):
        if s.index_inflow[i] < 0 and s.inflow_constant[i] == 0:
            v.inflow[i] = 1.0


@jit
def load_point(structure: Structure, numbers: Floats, values: Values) -> None:
    """Fill ``values`` from the vector of one design point and normalise weights."""
    s, v = structure, values
    _load_flows(s, numbers, v)
    fill(s.index_actor, numbers, v.actor)
    fill(s.index_salience, numbers, v.salience)
    fill(s.index_attention, numbers, v.attention)
    fill(s.index_regard, numbers, v.regard)
    fill(s.index_lever, numbers, v.lever)
    fill(s.index_term, numbers, v.term)
    fill(s.index_channel, numbers, v.channel)
    fill(s.index_bargain, numbers, v.bargain)
    fill(s.index_needs, numbers, v.needs)
    fill(s.index_meeting, numbers, v.meeting)
    fill(s.index_market, numbers, v.market)
    fill(s.index_response, numbers, v.response)
    fill(s.index_demand, numbers, v.demand)
    fill(s.index_seller, numbers, v.seller)
    fill(s.index_bar, numbers, v.bar)
    fill(s.index_hazard, numbers, v.hazard)
    fill(s.index_effect, numbers, v.effect)
    fill(s.index_fades, numbers, v.fades)
    fill(s.index_threat, numbers, v.threat)
    fill(s.index_prior, numbers, v.prior)
    fill(s.index_kind, numbers, v.kind)
    fill(s.index_imposed, numbers, v.imposed)
    for lever in range(v.lever.shape[0]):
        if s.lever_dropped[lever] == 1:
            v.lever[lever, INITIAL] = s.scale[lever, 0]
    for a in range(v.salience.shape[0]):
        normalise(v.salience[a])
        normalise(v.attention[a])
    for b in range(v.kind.shape[0]):
        normalise(v.kind[b, 0])
        normalise(v.kind[b, 1])


def most_lumps(structure: Structure) -> int:
    """Return how many levers with steps lie on the table that has most of them."""
    is_lumpy = np.diff(structure.step_start) > 0
    tables = np.split(structure.table_levers, structure.table_start[1:-1])
    return max((int(is_lumpy[table].sum()) for table in tables), default=0)


def most_ratifiers(structure: Structure) -> int:
    """Return how many must ratify what is agreed in the channel that has most of them."""
    return int(np.max(np.diff(structure.ratifier_start), initial=0))


def most_additions(structure: Structure) -> int:
    """Return how long the list of additions can get by which units are valued; 0 if none are."""
    ends, counters = np.diff(structure.end_start), len(structure.shared_counter)
    most = 0
    for i in structure.flow_order:
        shared = structure.inflow_shared[i]
        most += 3 + int(structure.inflow_counter[i].sum()) + max(1, len(structure.sum_groups))
        if shared >= 0:
            origins, goals = ends[2 * shared], ends[2 * shared + 1]
            most += 2 + goals + 4 * origins + 3 * counters
    return int(most)


def _sizes(structure: Structure) -> dict[str, int]:
    """Return how long every axis of a state is."""
    return _sizes_of_all(structure) | _sizes_at_need(structure)


def _sizes_of_all(structure: Structure) -> dict[str, int]:
    """Return how long the axes are that every scenario has."""
    actors, interests = structure.index_salience.shape
    levers = len(structure.lever_owner)
    return {
        "A": actors,
        "O": actors + 1,
        "K": interests,
        "B": interests + 2,
        "L": levers,
        "S": len(structure.index_stock),
        "s": len(structure.index_stock) + 1,
        "C": len(structure.channel_ends),
        "p": structure.seats.shape[1],
        "U": structure.seats.shape[1] * (structure.seats.shape[1] - 1),
        "R": len(structure.edge_ends),
        "D": structure.max_delay + 1,
        "E": len(structure.event_turn),
        "T": structure.turns,
        "N": len(structure.term_of),
        "Q": len(structure.measure_take),
        "d": len(structure.drive),
        "g": len(structure.market_levers),
        "h": len(structure.threat),
        "n": len(structure.draw_name),
        "b": len(structure.belief),
        "V": len(structure.scale),
        "e": int(np.max(np.diff(structure.end_start), initial=1)),
        "Y": len(structure.index_seller),
        "P": POINTS,
        "W": WIDE,
        "X": POINTS + 2,
        "G": levers * POINTS,
        "H": levers * POINTS + 1,
        "J": 2 * levers + 1,
        "M": levers + 1,
        "Z": int(np.max(np.diff(structure.direct_start), initial=0)),
        **{str(count): count for count in range(1, 9)},
    }


def _sizes_at_need(structure: Structure) -> dict[str, int]:
    """Return how long the axes are that only some scenarios need."""
    lumps, actors = most_lumps(structure), len(structure.index_salience)
    stocks, flows = len(structure.index_stock), len(structure.flow_order)
    return {
        "a": len(structure.answering),
        "k": -(-actors // LANE) * LANE,
        "r": most_ratifiers(structure),
        "t": len(structure.effect_event),
        "o": len(structure.counter),
        "l": lumps,
        "m": lumps + 1 if lumps > 0 else 0,
        "F": flows,
        "j": flows + 1 if structure.looks_ahead else 0,
        "v": -(-stocks // LANE) * LANE,
        "u": (stocks + 1) * LANE if structure.looks_ahead else 0,
        "z": (stocks + flows) * LANE if structure.looks_ahead else 0,
        "y": (stocks + flows) * -(-stocks // 4) if structure.looks_ahead else 0,
        "x": most_additions(structure),
        "c": structure.most_counted + 1 if structure.looks_ahead else 0,
        "f": len(structure.end_stock),
        "i": len(structure.shared),
    }


def new_state(structure: Structure) -> State:
    """Return an empty state of the right shapes."""
    sizes = _sizes(structure)
    inner = {
        name: kind(**_room(kind, sizes))
        for name, kind in get_type_hints(State).items()
        if hasattr(kind, "_fields")
    }
    inner["cache"].tried_first[:] = inner["cache"].acts[:] = np.nan
    return State(**_room(State, sizes), **inner)


LINE = 64
"""Bytes that a processor fetches at once."""


def _room(record: type, sizes: dict[str, int]) -> dict[str, Any]:
    """Return empty arrays for the fields of a record, one after another in memory."""
    hints = get_type_hints(record, include_extras=True)
    arrays = {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Annotated}
    shapes = {name: [sizes[axis] for axis in axes] for name, (_, axes) in arrays.items()}
    lengths = [-(-int(np.prod(shape)) * 8 // LINE) * LINE for shape in shapes.values()]
    whole = np.zeros(sum(lengths) + LINE, np.uint8)
    begin = -whole.ctypes.data % LINE
    room = {}
    for (name, shape), length in zip(shapes.items(), lengths, strict=True):
        kind = np.int64 if arrays[name][0] is Ints else float
        part = whole[begin : begin + int(np.prod(shape)) * 8]
        room[name] = part.view(kind).reshape(shape)
        begin += length
    return room


@jit
def work_out(s: Structure, values: Values, cache: Cache) -> None:
    """Keep what follows from numbers alone and is asked for again and again."""
    for a in range(cache.informative.shape[0]):
        cache.informative[a] = informativeness(values.actor[a, BIAS])
    for c in range(cache.weight.shape[0]):
        one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
        cache.weight[c] = bargaining_weight(
            values.actor[one, PATIENCE], values.actor[two, PATIENCE]
        )


@jit
def start(structure: Structure, values: Values, state: State) -> None:
    """Set the state before turn 1, except what ``settle.derive_and_show`` computes from it."""
    s = structure
    levers, stocks = s.index_lever.shape[0], s.index_stock.shape[0]
    for lever in range(levers):
        state.quantity[lever] = values.lever[lever, INITIAL]
    copy_row(values.stock, state.quantity[levers : levers + stocks])
    for c in range(s.channel_ends.shape[0]):
        state.quantity[levers + stocks + c] = values.channel[c, QUALITY]
        others = s.channel_size[c] - 1
        for side in range(others + 1):
            for row in range(side * others, (side + 1) * others):
                state.ledger[c, row, 0] = values.channel[c, KEPT + 2 * side]
                state.ledger[c, row, 1] = values.channel[c, KEPT + 2 * side + 1]
    for a in range(state.seen.shape[0]):
        copy_row(state.quantity, state.seen[a])
    copy_rows(values.salience, state.salience)
    copy_rows(values.salience, state.innate)
    state.pending[:, :] = np.nan
    state.bound_channel[:] = -1
    state.bound_from[:] = 0.0
    copy_row(s.channel_open, state.is_open)
    copy_row(s.lever_active, state.is_active)
    state.has_happened[:] = 0
    state.has_leaked[:] = 0
    state.promised[:] = -1
    copy_row(state.quantity, state.at_table)
    copy_row(state.quantity, state.planned)
    state.reverted[:] = 0
    state.offer_state[:] = NO_OFFER
    state.last_met[:] = 0
    state.has_accepted[:, :] = 0
    state.has_kept[:, :] = 0
    state.paid[:] = 0.0
    state.choice[:, :] = -1
    state.was_agreed[:] = 0
    state.was_broken[:] = 0
    state.was_blocked[:] = 0
    state.bids.outbid[:], state.bids.is_bid[:], state.bids.is_free[:] = 0, 0, 0
    state.measure[:] = 0.0
