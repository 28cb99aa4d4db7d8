"""What single phases keep from turn to turn; the axes of each array stand beside it.

A actors, C channels, F flows, K interests, L levers, T turns, a answers, b beliefs, c turns
counted, h threats, o counter-offers, p parties of the largest channel, r most ratifiers of a
channel, t effects of events; a digit is a length.
"""

from typing import Annotated, NamedTuple

from minsksim.engine.arrays.kinds import Floats, Ints


class Parts(NamedTuple):
    """What is left to deliver; axes are C channels and L levers."""

    left: Annotated[Ints, "C"]  # parts still to come, this turn's included
    signed: Annotated[Ints, "C"]  # turn in which the agreement was signed
    is_done: Annotated[Ints, "C"]  # whether an agreement was fully delivered this turn
    of: Annotated[Ints, "L"]  # channel whose agreement moves the lever in parts, or -1
    origin: Annotated[Floats, "L"]  # value when it was signed
    goal: Annotated[Floats, "L"]  # value as signed; of a momentary lever, its total over all parts
    reached: Annotated[Floats, "L"]  # value after the parts so far


class Bids(NamedTuple):
    """Counter-offers of outsiders; axis o is the counter-offers of the file."""

    outbid: Annotated[Ints, "C"]  # counter-offer, counted from 1, for which a package was left
    is_bid: Annotated[Ints, "C"]  # whether the agreement signed this turn was a counter-offer
    is_held_back: Annotated[Ints, "o"]  # whether it was not made, since others would block it
    is_free: Annotated[Ints, "C"]  # whether the package on the table is known not to be blocked
    least: Annotated[Floats, "o"]  # what the party must be offered, utils
    otherwise: Annotated[Floats, "o"]  # what the package would do to the outsider, utils
    value: Annotated[Floats, "L"]  # what the channel's table held before
    gain: Annotated[Floats, "p"]
    own: Annotated[Floats, "p"]
    assent: Annotated[Floats, "r"]


class Obstacles(NamedTuple):
    """What kept the parties from a package; the last two are written in every run."""

    refuses: Annotated[Ints, "Cr"]  # whether such a ratifier refuses, ALONE or TOGETHER
    is_answer: Annotated[Ints, "Ca"]  # 1 for answers that have to go before a package suits
    is_still: Annotated[Ints, "CL"]  # 1 where a lever of the table can go nowhere this turn
    needs: Annotated[Floats, "r"]  # room for what ratifiers need
    reservation: Annotated[Floats, "A"]  # room for what answers add
    left: Annotated[Floats, "C"]  # what a meeting spends, as it stood when they could not meet
    assent: Annotated[Floats, "Cr"]  # what the package last weighed brings each ratifier, utils


class Passing(NamedTuple):
    """What events do for a while; filled only where some effect does."""

    since: Annotated[Ints, "t"]  # turn in which an effect struck, 0 where it does not hold
    amount: Annotated[Floats, "t"]  # by how much it still shifts
    lasting: Annotated[Floats, "AK"]  # innate salience without what holds for a while
    total: Annotated[Floats, "K"]  # room for the sum of one actor's shifts
    quality: Annotated[Floats, "C"]  # of channels, without what holds for a while
    was_active: Annotated[Ints, "L"]  # levers without what holds for a while
    was_open: Annotated[Ints, "C"]  # channels without what holds for a while


class Standoff(NamedTuple):
    """What threats change; axis h is the threats of the file."""

    stakes: Annotated[Floats, "h6"]  # utils
    before: Annotated[Floats, "h2"]  # levers of demand and sanction before this turn's threat
    move: Annotated[Floats, "h2"]  # values that they would take this turn
    stands: Annotated[Ints, "h"]  # whether the sanction was imposed and has not moved since
    origin: Annotated[Floats, "h"]  # value of its lever before
    imposed: Annotated[Floats, "h"]  # value it was given
    mark: Annotated[Ints, "h5"]  # what happened this turn: THREAT_COUNTS of vocabulary.py


class Mind(NamedTuple):
    """What beliefs need; axis b is the beliefs of the file."""

    kind: Annotated[Ints, "b"]  # the true type
    stake: Annotated[Floats, "b2K"]  # the actor's stakes if it were of either type
    slope: Annotated[Floats, "b2L"]
    own_stake: Annotated[Floats, "bK"]  # its true ones, while a belief stands in their place
    own_slope: Annotated[Floats, "bL"]
    own_salience: Annotated[Floats, "bK"]
    ahead: Annotated[Floats, "b2L"]  # what stocks are worth in the turns to come: for either type
    unit: Annotated[Floats, "b2cF"]
    own_ahead: Annotated[Floats, "bL"]  # for the true one
    own_unit: Annotated[Floats, "bcF"]
    chances: Annotated[Floats, "b2"]  # how likely either type was to do what was then seen


class Answered(NamedTuple):
    """What quantities add to the numbers that answer to them; all 0 where none does."""

    quality: Annotated[Floats, "C"]  # of channels
    meeting: Annotated[Floats, "C"]  # chance to meet, beside what quality makes of it
    reservation: Annotated[Floats, "A"]  # utils
    audience_cost: Annotated[Floats, "A"]  # utils
    salience: Annotated[Floats, "AK"]  # before rows are normalised again
    value: Annotated[Floats, "a"]  # the quantity that each answer read
    amount: Annotated[Floats, "a"]  # what each answer adds


class SaliencePath(NamedTuple):
    """Salience and stakes turn by turn; axes are T turns, A actors, K interests."""

    is_left: Annotated[Ints, "1"]  # whether chance has touched the salience of the present run
    is_known: Annotated[Ints, "T"]  # whether a run of this design point has been here
    salience: Annotated[Floats, "TAK"]  # once influence has taken effect
    stake: Annotated[Floats, "TKA"]
