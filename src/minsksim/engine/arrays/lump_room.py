"""Scratch arrays of the search over levers that come in lumps; the axes of each stand beside it.

l lumpy levers of the table that has most, m one more (0 where no lever has steps), L levers, G
concessions and H vertices as in ``workspace.py``; a digit is a length.
"""

from typing import Annotated, NamedTuple

from minsksim.engine.arrays.kinds import Floats, Ints


class Lumps(NamedTuple):
    """Which levers on the table come in lumps, and how far the search through them has got.

    Depth d is where the lumps of the first d of them are chosen, and the others may be divided.
    """

    total: Annotated[Ints, "1"]  # how many levers on the table come in lumps
    rows: Annotated[Ints, "l"]  # which, as rows of the workspace
    us: Annotated[Floats, "mH"]  # vertices of what is left at every depth
    vs: Annotated[Floats, "mH"]
    last: Annotated[Ints, "m"]  # the last of them
    edges: Annotated[Ints, "mG"]  # concession from each vertex to the next, as a workspace row
    depth: Annotated[Ints, "1"]  # where the search stands
    pick: Annotated[Ints, "l"]  # position that it tries of each lever
    sums: Annotated[Floats, "m2"]  # what the lumps chosen at every depth bring both, utils
    best: Annotated[Ints, "l"]  # positions of the best package so far
    kept: Annotated[Floats, "L"]  # values of all levers in it
