"""What a traced block keeps of its runs: turns, agreements, threats, events, private types.

Both forms write it with the same functions: the batch kernel for all runs of a block, and
``minsksim.Model`` for its one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.endings import (
    AGREED,
    HINDERED,
    NOT_RATIFIED,
    NOTHING_SUITS,
    OFFERED,
    UNDER_WAY,
    WITH_PACKAGE,
)
from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.compile import Compiled
from minsksim.engine.arrays.copying import copy_row, copy_rows
from minsksim.engine.arrays.initial_state import most_ratifiers
from minsksim.engine.arrays.kinds import Floats, Ints
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.phases.beliefs import chance_to_accept
from minsksim.engine.phases.coerce import SANCTION
from minsksim.engine.phases.meetings import SPENDS
from minsksim.engine.phases.tranches import is_kept
from minsksim.vocabulary import COMPLIED, YIELDED


class Trace(NamedTuple):
    """The arrays of a traced block; R runs, T turns, V quantities, L levers, A actors, K interests.

    C channels, p parties of the largest one, r most ratifiers of one, o counter-offers, a answers,
    h threats, E events, b beliefs.
    """

    series: Floats  # (R, T + 1, V)
    public: Floats  # (R, T + 1, L) levers as an outside observer saw them
    utilities: Floats  # (R, T + 1, A)
    contributions: Floats  # (R, T + 1, A, K + 2)
    marks: Ints  # (R, T, C, 2 + p) agreements: whether there is one, kept by party, parts
    meetings: Ints  # (R, T, C, 1 + p) what became of each meeting, and which parties signed
    chances: Floats  # (R, T, C, 1 + p) how likely it was that they meet, and that each signs
    outbid: Ints  # (R, T, C) counter-offer, counted from 1, for which a package was left, or 0
    held_back: Ints  # (R, T, o) 1 where a counter-offer was not made, since others would block it
    refuses: Ints  # (R, T, C, r) whether such a ratifier refuses, ALONE or TOGETHER
    assent: Floats  # (R, T, C, r, 2) what a package brings each ratifier, and what it needs
    left: Floats  # (R, T, C, 2) of what a meeting spends: what was left, and what one takes
    is_answer: Ints  # (R, T, C, a) 1 for answers that have to go before a package suits
    is_still: Ints  # (R, T, C, L) 1 where no package suits and a lever can go nowhere
    answers: Floats  # (R, T, a, 2) quantity that each answer read, and what it added
    sums: Floats  # (R, T, C, p + A) gains by party from the package, then what it does to everybody
    moves: Floats  # (R, T, C, 2, L) lever values before and in the package
    courses: Ints  # (R, T, h) column of ``Standoff.mark`` that says what came of a threat, or 0
    levels: Floats  # (R, T, h, 2, 2) levers of demand and sanction before and after
    happened: Ints  # (R, E) turn in which each event struck, or 0
    kinds: Ints  # (R, b) 1 where the truth behind a belief is the high type


@dataclass(frozen=True)
class AgreementTable:
    """Agreements of a block of runs, one row each, in the order of run, turn and channel.

    Attributes
    ----------
    run, turn, channel : ndarray, shape (G,)
        Row of the block, 1-based turn and channel index.
    gain, kept : ndarray, shape (G, M)
        Gain in utils and 1 if kept, all parts of it so far, by party; 0 where a channel has
        fewer than M.
    delivered : ndarray, shape (G,)
        How many of its parts all parties kept.
    externalities : ndarray, shape (G, A)
        Change of every actor's utility, utils.
    before, after : ndarray, shape (G, L)
        Lever values before and as signed.
    """

    run: Ints
    turn: Ints
    channel: Ints
    gain: Floats
    kept: Ints
    delivered: Ints
    externalities: Floats
    before: Floats
    after: Floats


@dataclass(frozen=True)
class EpisodeTable:
    """Threats played in a block of runs, one row each, in the order of run, turn and threat.

    Attributes
    ----------
    run, turn, threat : ndarray, shape (G,)
        Row of the block, 1-based turn and threat index.
    course : ndarray, shape (G,)
        Column of ``Standoff.mark`` that says what came of it.
    before, after : ndarray, shape (G, 2)
        Values of the levers of demand and sanction: where they were, and where they went or
        would have gone.
    """

    run: Ints
    turn: Ints
    threat: Ints
    course: Ints
    before: Floats
    after: Floats


@jit
def keep_turn(
    s: Structure, values: Values, state: State, trace: Trace, run: int, turn: int
) -> None:
    """Copy a turn that has settled; turn 0 is the start."""
    copy_row(state.quantity, trace.series[run, turn])
    copy_row(state.seen[state.seen.shape[0] - 1], trace.public[run, turn])
    copy_row(state.utility, trace.utilities[run, turn])
    copy_rows(state.contribution, trace.contributions[run, turn])
    if turn > 0:
        keep_meetings(s, values, state, trace, run, turn)
        keep_obstacles(state, trace, run, turn)
    keep_agreements(s, state, trace, run, turn)
    keep_threats(state, trace, run, turn)
    copy_row(state.has_happened, trace.happened[run])
    copy_row(state.mind.kind, trace.kinds[run])


@jit
def keep_meetings(
    s: Structure, values: Values, state: State, trace: Trace, run: int, turn: int
) -> None:
    """Copy what became of every channel's meeting, and the package that lay on the table."""
    seats, levers = state.offer_gain.shape[1], trace.moves.shape[4]
    for c in range(state.offer_state.shape[0]):
        came, chances = trace.meetings[run, turn - 1, c], trace.chances[run, turn - 1, c]
        came[0], chances[0] = state.offer_state[c], state.meeting_chance[c]
        if came[0] in HINDERED and s.meeting[c, SPENDS] >= 0:
            trace.left[run, turn - 1, c, 0] = state.obstacles.left[c]
            trace.left[run, turn - 1, c, 1] = values.meeting[c]
        if came[0] not in WITH_PACKAGE:
            continue
        trace.outbid[run, turn - 1, c] = state.bids.outbid[c]
        first = s.ratifier_start[c]
        for row in range(first, s.ratifier_start[c + 1]):
            trace.assent[run, turn - 1, c, row - first, 0] = state.obstacles.assent[c, row - first]
            trace.assent[run, turn - 1, c, row - first, 1] = values.needs[row]
        for side in range(s.channel_size[c]):
            came[1 + side] = state.has_accepted[c, side]
            chances[1 + side] = chance_to_accept(s, values, state, c, side)
            if state.bids.is_bid[c] == 1:  # made and taken by rule, not by chance
                chances[1 + side] = 1.0
        copy_row(state.offer_gain[c], trace.sums[run, turn - 1, c, :seats])
        if came[0] != OFFERED:  # of what nobody signed, the externalities were not worked out
            copy_row(state.externality[c], trace.sums[run, turn - 1, c, seats:])
        for lever in range(levers):
            trace.moves[run, turn - 1, c, 0, lever] = state.at_table[lever]
            trace.moves[run, turn - 1, c, 1, lever] = state.at_table[lever]
            if came[0] != AGREED or state.promised[lever] == c:
                trace.moves[run, turn - 1, c, 1, lever] = state.offer_value[c, lever]


@jit
def keep_obstacles(state: State, trace: Trace, run: int, turn: int) -> None:
    """Copy what kept parties from a package, and what answers added this turn."""
    found, added = state.obstacles, state.answered
    copy_row(state.bids.is_held_back, trace.held_back[run, turn - 1])
    for c in range(found.is_still.shape[0]):
        if state.offer_state[c] == NOT_RATIFIED or state.offer_state[c] == NOTHING_SUITS:
            copy_row(found.refuses[c], trace.refuses[run, turn - 1, c])
            copy_row(found.is_still[c], trace.is_still[run, turn - 1, c])
            copy_row(found.is_answer[c], trace.is_answer[run, turn - 1, c])
    for row in range(added.amount.shape[0]):
        trace.answers[run, turn - 1, row, 0] = added.value[row]
        trace.answers[run, turn - 1, row, 1] = added.amount[row]


@jit
def keep_agreements(s: Structure, state: State, trace: Trace, run: int, turn: int) -> None:
    """Copy a turn's agreements, and what became of those under way in parts."""
    marks, seats = trace.marks, state.offer_gain.shape[1]
    for c in range(state.offer_state.shape[0]):
        if state.offer_state[c] == UNDER_WAY:
            for side in range(seats):
                if state.has_kept[c, side] == 0:
                    marks[run, state.parts.signed[c] - 1, c, 1 + side] = 0
            if is_kept(s, state, c):
                marks[run, state.parts.signed[c] - 1, c, 1 + seats] += 1
        if state.offer_state[c] != AGREED:
            continue
        marks[run, turn - 1, c, 0] = 1
        copy_row(state.has_kept[c], marks[run, turn - 1, c, 1 : 1 + seats])
        marks[run, turn - 1, c, 1 + seats] = 1 if is_kept(s, state, c) else 0


@jit
def keep_threats(state: State, trace: Trace, run: int, turn: int) -> None:
    """Copy the course of every threat of a turn, and the levers' values before and after."""
    room, courses, levels = state.standoff, trace.courses, trace.levels
    for h in range(courses.shape[2]):
        for column in range(COMPLIED, YIELDED + 1):
            if room.mark[h, column] == 1:
                courses[run, turn - 1, h] = column
                copy_row(room.before[h], levels[run, turn - 1, h, 0])
                copy_row(room.move[h], levels[run, turn - 1, h, 1])
                if column == YIELDED:
                    levels[run, turn - 1, h, 1, SANCTION] = room.origin[h]


def new_trace(compiled: Compiled, runs: int) -> Trace:
    """Return empty arrays for a number of runs."""
    axes: Axes = compiled.axes
    actors, levers, threats = len(compiled.actors), len(axes.levers), len(axes.threats)
    turns, (channels, seats) = compiled.turns, compiled.structure.seats.shape
    return Trace(
        series=np.zeros((runs, turns + 1, len(compiled.quantities))),
        public=np.zeros((runs, turns + 1, levers)),
        utilities=np.zeros((runs, turns + 1, actors)),
        contributions=np.zeros((runs, turns + 1, actors, len(compiled.interests) + 2)),
        marks=np.zeros((runs, turns, channels, 2 + seats), np.int64),
        meetings=np.zeros((runs, turns, channels, 1 + seats), np.int64),
        chances=np.zeros((runs, turns, channels, 1 + seats)),
        outbid=np.zeros((runs, turns, channels), np.int64),
        held_back=np.zeros((runs, turns, len(compiled.structure.counter)), np.int64),
        refuses=np.zeros((runs, turns, channels, most_ratifiers(compiled.structure)), np.int64),
        assent=np.zeros((runs, turns, channels, most_ratifiers(compiled.structure), 2)),
        left=np.zeros((runs, turns, channels, 2)),
        is_answer=np.zeros((runs, turns, channels, len(compiled.structure.answering)), np.int64),
        is_still=np.zeros((runs, turns, channels, levers), np.int64),
        answers=np.zeros((runs, turns, len(compiled.structure.answering), 2)),
        sums=np.zeros((runs, turns, channels, seats + actors)),
        moves=np.zeros((runs, turns, channels, 2, levers)),
        courses=np.zeros((runs, turns, threats), np.int64),
        levels=np.zeros((runs, turns, threats, 2, 2)),
        happened=np.zeros((runs, len(axes.events)), np.int64),
        kinds=np.zeros((runs, len(axes.beliefs)), np.int64),
    )


def agreement_table(trace: Trace) -> AgreementTable:
    """Return the rows where an agreement was made."""
    seats = trace.marks.shape[-1] - 2
    run, turn, channel = np.nonzero(trace.marks[..., 0])
    at = run, turn, channel
    mark, total, move = trace.marks[at], trace.sums[at], trace.moves[at]
    return AgreementTable(
        run=run,
        turn=turn + 1,
        channel=channel,
        gain=total[:, :seats],
        kept=mark[:, 1 : 1 + seats],
        delivered=mark[:, 1 + seats],
        externalities=total[:, seats:],
        before=move[:, 0],
        after=move[:, 1],
    )


def episode_table(trace: Trace) -> EpisodeTable:
    """Return the rows where a threat was made, or a standing sanction was yielded to."""
    run, turn, threat = np.nonzero(trace.courses)
    level = trace.levels[run, turn, threat]
    return EpisodeTable(
        run=run,
        turn=turn + 1,
        threat=threat,
        course=trace.courses[run, turn, threat],
        before=level[:, 0],
        after=level[:, 1],
    )
