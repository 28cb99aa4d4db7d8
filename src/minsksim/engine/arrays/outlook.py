"""How far actors look ahead, and what moves are worth to them by the turns that they count.

Empty or unread where no actor has a horizon. Axes: A actors, D delays (0 to the longest), F flows,
L levers, S stocks, c turns counted (0 to the most), f ends of shared flows, i shared flows.
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


class Outlook(NamedTuple):
    """What one turn's view of the future is; filled when bargaining opens."""

    turn: Annotated[Ints, "1"]  # the present one
    once: Annotated[Floats, "AD"]  # present value of one util in the turn in which it begins
    standing: Annotated[Floats, "AD"]  # present value of one util a turn from there on
    margin: Annotated[Floats, "SA"]  # d u_a / d stock in one turn, of actors with a horizon
    part: Annotated[Floats, "f"]  # of a shared flow that passes through each of its ends now
    refusing: Annotated[Floats, "i"]  # chance that somebody whom a shared flow would move refuses
    worth: Annotated[Floats, "SA"]  # room to work in: of a unit in every stock, present value
    room: Annotated[Floats, "2A"]  # room to work in
    unit: Annotated[Floats, "cFA"]  # present value of a unit through a flow, by turns counted
    ahead: Annotated[Floats, "LA"]  # present value of a lever's move through stocks, per unit
