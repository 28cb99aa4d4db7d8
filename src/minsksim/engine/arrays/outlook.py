"""How far actors look ahead, and what moves are worth to them by the turns that they count.

Empty or unread where no actor has a horizon. Axes: A actors, k the same in whole vectors of a
processor, D delays (0 to the longest), F flows, L levers, S stocks, c turns counted (0 to the
most), f ends of shared flows, i shared flows, j flows and a row of room, s stocks and one, u a
vector for each, v stocks in whole vectors, x additions, y sums; a digit is a length.
"""

from typing import Annotated, NamedTuple

from minsksim.engine.arrays.kinds import Floats, Ints

# columns of Structure.horizon
HOW_LONG, UNTIL = 0, 1

# columns of Structure.route: a lever; the inflow it moves; turns from the lever's own move to the
# first flow (1 if flows of the turn are over); 1 if the lever is the amount, 0 if the flow answers;
# the market or pair of access in between that the flow answers to, or -1; the row of the links or,
# for a market of few sellers, of the drives by which the lever moves that
LEVER, INFLOW, LAG, IS_AMOUNT, VIA, ROW = 0, 1, 2, 3, 4, 5


# kinds of additions: to what a unit through a flow is worth, or in a stock; to nothing instead of
# the former; making the former what the latter is; and the other way round
TO_FLOW, TO_STOCK, TO_NOTHING, AS_STOCK, AS_FLOW = 0, 1, 2, 3, 4


class Additions(NamedTuple):
    """How what a unit is worth follows from what it is worth a turn later.

    Each addition is a row plus a part of another row. The list is written and worked through once
    a turn. A row has one number for each stock: how much counts of what a unit there is worth once
    flows are over.
    """

    total: Annotated[Ints, "1"]  # how many there are
    kind: Annotated[Ints, "x"]
    into: Annotated[Ints, "x"]  # a flow or stock, or the row of room after them
    of: Annotated[Ints, "x"]  # the same, of the other row
    part: Annotated[Floats, "x"]
    flow: Annotated[Floats, "jv"]  # of a unit through every flow
    stock: Annotated[Floats, "sv"]  # of a unit in every stock before flows begin; a row of room
    is_moved: Annotated[Ints, "s"]  # whether that differs from a unit once they are over


class Sums(NamedTuple):
    """The same, added up: what is left of the list, for every turn that is counted.

    A sum is of four parts of rows; longer ones follow each other, shorter ones count nothing of
    the row of room. Actors are taken by the vector, and rows are named by where they begin.
    """

    total: Annotated[Ints, "1"]  # how many there are
    into: Annotated[Ints, "y"]  # a stock, or a flow that matters
    is_more: Annotated[Ints, "y"]  # whether it adds to the sum before
    of: Annotated[Ints, "y4"]  # stocks
    part: Annotated[Floats, "y4"]
    left: Annotated[Floats, "u"]  # worth of a unit in every stock once flows are over, and of room
    margin: Annotated[Floats, "u"]  # what a unit in every stock brings in one turn
    later: Annotated[Floats, "u"]  # how much of its worth before the next flows counts
    lasting: Annotated[Floats, "cFk"]  # as Outlook.unit, of one that flows in each of these turns


class Outlook(NamedTuple):
    """What one turn's view of the future is; filled when bargaining opens."""

    turn: Annotated[Ints, "1"]  # the present one
    once: Annotated[Floats, "AD"]  # present value of one util in the turn in which it begins
    standing: Annotated[Floats, "AD"]  # present value of one util a turn from there on
    counted: Annotated[Ints, "AD"]  # turns that each counts of it
    margin: Annotated[Floats, "Sk"]  # d u_a / d stock in one turn, of actors with a horizon
    part: Annotated[Floats, "f"]  # of a shared flow that passes through each of its ends now
    refusing: Annotated[Floats, "i"]  # chance that somebody whom a shared flow would move refuses
    unit: Annotated[Floats, "cFk"]  # present value of a unit through a flow, by turns counted
    ahead: Annotated[Floats, "LA"]  # present value of a lever's move through stocks, per unit
