"""Scratch arrays of the search for a package; the axes of each stand beside it.

L levers, P positions, W the same filled up to whole vectors, X two more than P, G concessions, H
vertices of the joint frontier, J options of an act, Z terms of a lever, M levers and one more, C
channels, A actors, V quantities, K interests, z a vector for each stock and flow, R
pairs of channels, Y sellers, p parties of the largest channel, r most ratifiers of a channel, e
most ends of a shared flow on one side; a digit is a length.
"""

from typing import Annotated, NamedTuple

from minsksim.engine.arrays.kinds import Floats, Ints

POINTS, WIDE = 31, 32
"""Most positions of a lever that are tried at once when a package is sought; room for these and the
present one in whole vectors of a processor."""
LANE = 8
"""A loop over whole vectors of a processor has no remainder, and the remainder of a loop costs
more than its vectors."""


class Workspace(NamedTuple):
    """Room to work in: nothing is read from it that was not written in the same call.

    Rows i are the levers of the package that is sought; a concession k is one lever's step from
    one position to the next along its own frontier.
    """

    levers: Annotated[Ints, "L"]  # levers on the table
    chosen: Annotated[Floats, "L"]  # their values in the package
    curved: Annotated[Ints, "L"]  # how many terms are not linear
    lumpy: Annotated[Ints, "L"]  # 1 where the lever comes in lumps
    linear: Annotated[Floats, "L2"]  # what they are worth: see engine/bargaining/lever_payoff.py
    curves: Annotated[Floats, "LZ5"]
    facts: Annotated[Floats, "L6"]
    reaches: Annotated[Floats, "L2"]  # lowest and highest value this turn
    windows: Annotated[Floats, "L2"]  # where the search looks
    points: Annotated[Floats, "LP"]  # positions tried
    z: Annotated[Floats, "W"]  # the same on the 0-1 scale, then the present one, repeated
    logs: Annotated[Floats, "W"]  # their logarithms
    level: Annotated[Floats, "W"]  # a term's shape at each
    counts: Annotated[Ints, "L"]  # how many of them
    first: Annotated[Floats, "LW"]  # gain of the first party, utils
    second: Annotated[Floats, "LW"]  # gain of the second party, utils
    chains: Annotated[Ints, "LP"]  # positions on the lever's frontier, the first party's best first
    lengths: Annotated[Ints, "L"]  # how many of them
    steps: Annotated[Ints, "G3"]  # lever, from, to
    falls: Annotated[Floats, "G"]  # utils the first party pays
    rises: Annotated[Floats, "G"]  # utils the second party gains
    rates: Annotated[Floats, "G"]  # utils the second party gains for each the first pays
    order: Annotated[Ints, "G"]  # concessions from the highest rate to the lowest
    runs: Annotated[Ints, "M"]  # where parts of these begin that are sorted, then where they end
    batch: Annotated[Ints, "G"]  # one of the parts
    us: Annotated[Floats, "H"]  # vertices of the joint frontier
    vs: Annotated[Floats, "H"]
    at: Annotated[Ints, "L"]  # position of each lever at a vertex
    kept: Annotated[Floats, "L"]  # values settled one by one
    threat_first: Annotated[Floats, "LX"]  # what a threat does to the first party
    threat_second: Annotated[Floats, "LX"]
    threat_counts: Annotated[Ints, "L"]
    threat_by: Annotated[Ints, "L"]  # 1 where the second party threatens
    ratifier_linear: Annotated[Floats, "2"]  # what a lever is worth to ratifiers
    ratifier_curves: Annotated[Floats, "Z5"]
    homes: Annotated[Floats, "rLP"]  # gain of every ratifier, utils
    home_totals: Annotated[Floats, "rH"]  # the same at the vertices of the joint frontier
    home_needs: Annotated[Floats, "r"]  # what each must gain
    lacks_assent: Annotated[Ints, "1"]  # whether what suits the parties would not be ratified
    going_back: Annotated[Floats, "C"]  # cost of breaking a channel's agreements, NaN if not asked
    act_gain: Annotated[Floats, "J"]  # of each unilateral option
    act_weight: Annotated[Floats, "J"]  # in proportion to its probability
    act_move: Annotated[Ints, "J2"]  # its lever and direction
    scaled: Annotated[Floats, "V"]  # quantities on their 0-1 scale
    levels: Annotated[Floats, "K"]  # of each interest
    own: Annotated[Floats, "A"]  # utility before regard
    margins: Annotated[Floats, "VA"]  # d U_a / d quantity
    pull: Annotated[Floats, "A"]  # what a lever does to everybody through its market
    quality: Annotated[Floats, "R"]  # of channels, pair by pair, 0 for a closed one
    willing: Annotated[Floats, "A"]  # factor by which each actor passes messages on
    reached: Annotated[Floats, "A"]  # access to each actor
    tried: Annotated[Floats, "2V"]  # quantities of a market with a lever at either end of its scale
    stalls: Annotated[Floats, "3Y"]  # unit cost that each seller acts on, its reach, its sales
    party_gain: Annotated[Floats, "LPp"]  # gain of every party of a table of several, utils
    mixture: Annotated[Floats, "LP"]  # shares of the positions
    party_total: Annotated[Floats, "p"]
    party_slope: Annotated[Floats, "p"]
    party_change: Annotated[Floats, "p"]
    party_weight: Annotated[Floats, "p"]
    party_least: Annotated[Floats, "p"]
    end_weight: Annotated[Floats, "e"]  # of the origins or goals of a shared flow
    end_held: Annotated[Floats, "e"]  # what they can give or take
    end_part: Annotated[Floats, "e"]  # what they give or take
    recalled: Annotated[Floats, "Z5"]  # code, parameters and shapes of terms at two positions
    worth: Annotated[Floats, "z"]  # of a unit in every stock before flows, then through flows
    patience: Annotated[Floats, "8"]  # of as many actors
    cap: Annotated[Floats, "L"]  # how far levers that draw on the same people may go, or infinite


class Cache(NamedTuple):
    """What was worked out before and still holds: from turn to turn, or for a design point."""

    tried_first: Annotated[Floats, "L3"]  # lowest, highest, present position when last tried
    first_counts: Annotated[Ints, "L"]  # how many positions were tried first
    first_points: Annotated[Floats, "LP"]  # which
    first_z: Annotated[Floats, "LW"]  # the same on the 0-1 scale, then the present one, repeated
    known: Annotated[Floats, "LZW"]  # a term's shape at each
    known_for: Annotated[Floats, "LZ3"]  # of which shape and parameters
    acts: Annotated[
        Floats, "L3Z5"
    ]  # terms now, a step up, a step down: shape's code, its parameters
    # and position, and what it is there
    weight: Annotated[Floats, "C"]  # of a channel's first party in the Nash product
    informative: Annotated[Floats, "A"]  # factor that a broker's bias leaves of its messages
