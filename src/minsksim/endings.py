"""What became of a channel's meeting in a turn: the words, and numbers of ``State.offer_state``."""

from typing import Literal

from minsksim.vocabulary import Word

NO_OFFER = 0
OFFERED = 1
AGREED = 2
BLOCKED = 3
UNDER_WAY = 4
CLOSED = 5
NOT_MET = 6
NOTHING_FREE = 7
NOTHING_SUITS = 8
NOT_RATIFIED = 9
NO_DATE = 10
WAITING = 11
NOTHING_LEFT = 12
OUTBID = 13

WITH_PACKAGE = (OFFERED, AGREED, BLOCKED, OUTBID)
"""A package lay on the table."""

Ending = Literal[
    "agreed",
    "refused",
    "blocked",
    "outbid",
    "not_ratified",
    "nothing_suits",
    "nothing_free",
    "not_met",
    "nothing_left",
    "waiting",
    "no_date",
    "under_way",
    "closed",
    "none",
]
"""What became of a channel's meeting in one turn; what says most about the parties comes first."""

ENDINGS: dict[str, Word] = {
    "agreed": Word(AGREED, "signed"),
    "refused": Word(OFFERED, "met, and a package was refused"),
    "blocked": Word(BLOCKED, "met, and a package was stopped from outside"),
    "outbid": Word(OUTBID, "met, and a party took an outsider's counter-offer instead"),
    "not_ratified": Word(NOT_RATIFIED, "met, and what suits the parties would not be ratified"),
    "nothing_suits": Word(NOTHING_SUITS, "met, and no package suits every party"),
    "nothing_free": Word(NOTHING_FREE, "met, and no lever is free to be traded"),
    "not_met": Word(NOT_MET, "did not meet"),
    "nothing_left": Word(NOTHING_LEFT, "could not meet: too little left to spend on it"),
    "waiting": Word(WAITING, "did not meet: too soon after the last meeting"),
    "no_date": Word(NO_DATE, "did not meet: none of their dates"),
    "under_way": Word(UNDER_WAY, "still deliver what was signed before"),
    "closed": Word(CLOSED, "closed"),
    "none": Word(NO_OFFER, "not asked yet"),
}
NOT_HELD = tuple(ENDINGS)[tuple(ENDINGS).index("not_met") :]
"""Endings of a turn in which the parties did not meet."""

HELD, MISSED = 14, 15
MEETING_COUNTS: dict[str, int] = {
    "held": HELD,
    "missed": MISSED,
    **{word: ending.code for word, ending in ENDINGS.items() if word != "none"},
}
"""What a measure can count of a channel's meetings: those that ended so, in numbers below 16. Held
are all in which the parties met; missed are the turns in which they did not, although the channel
was open and nothing under way in it."""
MEETING_CODES = 16
HINDERED = (NO_DATE, WAITING, NOTHING_LEFT)
"""The parties could not meet, whatever their chance; of several reasons the first of these."""
ENDINGS_MISSED = (NOT_MET, NO_DATE, WAITING, NOTHING_LEFT)
ENDINGS_HELD = (OFFERED, AGREED, BLOCKED, OUTBID, NOT_RATIFIED, NOTHING_SUITS, NOTHING_FREE)

ENDING_OF: dict[int, str] = {word.code: name for name, word in ENDINGS.items()}
"""The word for a number."""
