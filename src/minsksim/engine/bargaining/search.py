"""The search for a package of two parties: grids that narrow, and lumps chosen one by one."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import RATIONALITY, State, Structure, Values
from minsksim.engine.bargaining.indivisible import (
    NOT_POSSIBLE,
    Aim,
    begin,
    choose_lumps,
    hold_lumps,
    is_same,
    missed_by_grid,
    next_combination,
)
from minsksim.engine.bargaining.joint_frontier import stay
from minsksim.engine.bargaining.package import (
    FINE,
    ROUNDS,
    best_on_frontier,
    is_at_rest,
    lay_curves_again,
    try_points,
)
from minsksim.engine.bargaining.positions import (
    CELLS,
    FIRST_CELLS,
    has_curves,
    narrow,
    open_windows,
)
from minsksim.engine.bargaining.ratification import ask_ratifiers, is_ratified
from minsksim.rules.indivisible import SLACK, beats, package_rank
from minsksim.vocabulary import NASH, ZEUTHEN


@jit
def look_closer(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    levers: int,
    aim: Aim,
    picks: np.ndarray,
    is_laid_out: bool,
) -> tuple[bool, float, float]:
    """Settle what is continuous while the lumps stay as picked; return as ``search`` does."""
    work, homes, found = state.workspace, ask_ratifiers(s, values, state, c), (False, 0.0, 0.0)
    protocol, alpha, disagreement, least, ideal, rationality = aim
    if not is_laid_out:
        open_windows(work, levers)
    for look in range(ROUNDS):
        cells = FIRST_CELLS if look == 0 else CELLS
        if look > 0:
            try_points(s, values, state, c, levers, cells)
        elif not is_laid_out:
            lay_curves_again(s, values, state, c, levers)
        if look == 0:
            hold_lumps(work, state.lumps, picks, levers)
        found = best_on_frontier(
            work, levers, protocol, alpha, disagreement, least, ideal, rationality, homes
        )
        if not narrow(work, levers, cells, FINE):
            break
    return found


@jit
def try_rivals(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    levers: int,
    aim: Aim,
    found: tuple[bool, float, float],
    missed: tuple[float, float],
) -> tuple[bool, float, float]:
    """Look closer at every combination of lumps that a finer grid could make the best.

    The best one over the coarse grid was looked at before, if any suited both there.
    """
    work, lumps, best = state.workspace, state.lumps, NOT_POSSIBLE
    protocol, alpha, disagreement, least, ideal, rationality = aim
    known = found[0]
    if found[0]:
        best = package_rank(found[1:], protocol, alpha, disagreement, least, ideal, rationality)
    for i in range(levers):
        lumps.kept[i] = work.chosen[i]
    begin(lumps)
    while next_combination(work, lumps, aim, best, missed)[0]:
        if known and is_same(lumps.pick, lumps.best, lumps.total[0]):
            continue
        other = look_closer(s, values, state, c, levers, aim, lumps.pick, False)
        if not other[0]:
            continue
        rank = package_rank(other[1:], protocol, alpha, disagreement, least, ideal, rationality)
        if beats(rank, best):
            found, best = other, rank
            for i in range(levers):
                lumps.kept[i] = work.chosen[i]
    for i in range(levers):
        work.chosen[i] = lumps.kept[i]
    return found


@jit
def search_lumps(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    protocol: int,
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    disagreement: tuple[float, float],
    levers: int,
) -> tuple[bool, float, float]:
    """Do what ``search`` does where some levers come in lumps.

    Bounds give by a hair, since a sum of lumps can miss by rounding what it must reach.
    """
    work, lumps, two = state.workspace, state.lumps, s.channel_ends[c, 1]
    is_home, is_curved = is_ratified(s, c), has_curves(s, work, levers)
    open_windows(work, levers)
    try_points(s, values, state, c, levers, FIRST_CELLS)
    if min(min(reservation), min(disagreement)) >= 0.0 and not is_home and stay(work, levers):
        if not is_curved or is_at_rest(s, values, state, c, levers):
            return max(max(reservation), max(disagreement)) == 0.0, 0.0, 0.0
        open_windows(work, levers)
        try_points(s, values, state, c, levers, FIRST_CELLS)
    aim = (
        NASH if protocol == ZEUTHEN else protocol,
        0.5 if protocol == ZEUTHEN else state.cache.weight[c],
        (disagreement[0] - SLACK, disagreement[1] - SLACK),
        (reservation[0] - SLACK, reservation[1] - SLACK),
        ideal,
        values.actor[two, RATIONALITY],
    )
    missed, found = missed_by_grid(s, work, levers), (False, 0.0, 0.0)
    if choose_lumps(work, lumps, levers, aim, ask_ratifiers(s, values, state, c), is_home):
        found = look_closer(s, values, state, c, levers, aim, lumps.best, True)
    return try_rivals(s, values, state, c, levers, aim, found, missed) if is_curved else found


@jit
def search(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    protocol: int,
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    disagreement: tuple[float, float],
    levers: int,
) -> tuple[bool, float, float]:
    """Choose lever values by one protocol; return whether they suit both, and the gains."""
    work = state.workspace
    if state.lumps.total[0] > 0:
        return search_lumps(s, values, state, c, protocol, reservation, ideal, disagreement, levers)
    open_windows(work, levers)
    two, alpha = s.channel_ends[c, 1], state.cache.weight[c]
    rationality, homes = values.actor[two, RATIONALITY], ask_ratifiers(s, values, state, c)
    may_stay = min(min(reservation), min(disagreement)) >= 0.0 and not is_ratified(s, c)
    found = (False, 0.0, 0.0)
    for look in range(ROUNDS):
        cells = FIRST_CELLS if look == 0 else CELLS
        try_points(s, values, state, c, levers, cells)
        stays_put = may_stay and stay(work, levers)
        if stays_put:
            found = (max(max(reservation), max(disagreement)) == 0.0, 0.0, 0.0)
        else:
            found = best_on_frontier(
                work, levers, protocol, alpha, disagreement, reservation, ideal, rationality, homes
            )
        if not narrow(work, levers, cells, FINE):
            break
        if look == 0 and stays_put and is_at_rest(s, values, state, c, levers):
            break
    return found
