"""The words of a scenario: each with its number in the engine and what people read.

Every kind of word stands here once. The schema takes its ``Literal`` types from here, compiled
code takes the numbers, and the command line and the figures take the labels. A table gives each
word of a ``Literal`` its number and label; a test holds that both have the same words. This file
imports nothing of the package, so that every layer can use it.

The kinds of sweep designs are not here: ``experiment/question/samplers.py`` is their one place.
"""

from typing import Literal, NamedTuple, get_args


class Word(NamedTuple):
    """A word's number in the engine, and what people read in its place."""

    code: int
    label: str


# Protocols: how the parties of a channel settle on a package.

Protocol = Literal[
    "nash",
    "kalai_smorodinsky",
    "egalitarian",
    "take_it_or_leave_it",
    "alternating_offers",
    "zeuthen",
    "threats",
    "credible_threats",
    "exchange",
    "separate",
    "ultimatum",
]
"""How the parties of a channel settle on a package; ``rules/`` has one file for each idea."""

NASH = 0
KALAI_SMORODINSKY = 1
EGALITARIAN = 2
TAKE_IT_OR_LEAVE_IT = 3
SECOND_PROPOSES = 4
"""Take it or leave it with the parties' seats exchanged: no word of a scenario, but how the
second party's ideal is found."""
ULTIMATUM = 5
ALTERNATING_OFFERS = 6
ZEUTHEN = 7
THREATS = 8
CREDIBLE_THREATS = 9
EXCHANGE = 10
SEPARATE = 11

PROTOCOLS: dict[str, Word] = {
    "nash": Word(NASH, "Nash bargain"),
    "kalai_smorodinsky": Word(KALAI_SMORODINSKY, "Kalai-Smorodinsky bargain"),
    "egalitarian": Word(EGALITARIAN, "egalitarian bargain"),
    "take_it_or_leave_it": Word(TAKE_IT_OR_LEAVE_IT, "take it or leave it"),
    "alternating_offers": Word(ALTERNATING_OFFERS, "offers in turn"),
    "zeuthen": Word(ZEUTHEN, "concessions in turn"),
    "threats": Word(THREATS, "Nash bargain under threats"),
    "credible_threats": Word(CREDIBLE_THREATS, "Nash bargain under credible threats"),
    "exchange": Word(EXCHANGE, "exchange of one lever each"),
    "separate": Word(SEPARATE, "issue by issue"),
    "ultimatum": Word(ULTIMATUM, "ultimatum"),
}
"""In the order in which a comparison of protocols shows them."""

COUNTER_OFFER = "counter_offer"
"""Stands for the protocol of an agreement that was an outsider's counter-offer."""
HOW_SETTLED: dict[str, str] = {
    **{name: word.label for name, word in PROTOCOLS.items()},
    COUNTER_OFFER: "counter-offer",
}
"""What people read of how an agreement came about."""

_WITHOUT_GAPS = {"alternating_offers", "threats", "credible_threats"}
TAKING_LUMPS = tuple(name for name in PROTOCOLS if name not in _WITHOUT_GAPS)
"""Protocols that can bargain about levers with ``steps``; the others go along a frontier."""

# Shapes: how much of an interest a quantity satisfies.

Shape = Literal["linear", "concave", "saturating", "threshold"]

LINEAR = 0
CONCAVE = 1
SATURATING = 2
THRESHOLD = 3


class ShapeWord(NamedTuple):
    """A shape's number, what people read, and the fields of a term that it needs (at most two)."""

    code: int
    label: str
    needs: tuple[str, ...]


SHAPES: dict[str, ShapeWord] = {
    "linear": ShapeWord(LINEAR, "in proportion", ()),
    "concave": ShapeWord(CONCAVE, "a power", ("rho",)),
    "saturating": ShapeWord(SATURATING, "towards a ceiling", ("rate",)),
    "threshold": ShapeWord(THRESHOLD, "once a level is passed", ("midpoint", "steepness")),
}

# Levers: which ways their owners may move them outside any agreement.

Unilateral = Literal["both", "up", "down", "none"]

UP = 1
DOWN = 2

UNILATERAL: dict[str, int] = {"both": UP | DOWN, "up": UP, "down": DOWN, "none": 0}

# References: what a dotted name may begin with, and in which sections of the file the names after
# that word are found.

QUANTITIES: dict[str, tuple[str, ...]] = {
    "levers": ("levers",),
    "stocks": ("stocks",),
    "channels": ("channels",),
    "markets": ("markets",),
    "access": ("actors", "actors"),
}
"""What has a value at every moment of a run."""

# Measures: what they add up, and how that is taken over the turns of a run.

OF_QUANTITY = 0
OF_UTILITY = 1
OF_AGREEMENTS = 2
OF_BREACHES = 3
OF_BLOCKED = 4
OF_THREATS = 5
OF_DELIVERED = 6
OF_OUTBID = 7
OF_MEETINGS = 8


class Report(NamedTuple):
    """What only a measure may name: its number, the section of the name after it, its unit."""

    code: int
    section: str
    unit: str


REPORTS: dict[str, Report] = {
    "utility": Report(OF_UTILITY, "actors", "utils"),
    "agreements": Report(OF_AGREEMENTS, "channels", "agreements"),
    "breaches": Report(OF_BREACHES, "channels", "breaches"),
    "blocked": Report(OF_BLOCKED, "channels", "packages"),
    "outbid": Report(OF_OUTBID, "channels", "packages"),
    "delivered": Report(OF_DELIVERED, "channels", "agreements"),
    "meetings": Report(OF_MEETINGS, "channels", "meetings"),
    "threats": Report(OF_THREATS, "threats", "threats"),
    "beliefs": Report(OF_QUANTITY, "beliefs", "belief"),
}

Take = Literal[
    "final", "mean", "total", "minimum", "maximum", "change", "first_above", "turns_above"
]

FINAL = 0
MEAN = 1
TOTAL = 2
MINIMUM = 3
MAXIMUM = 4
CHANGE = 5
FIRST_ABOVE = 6
TURNS_ABOVE = 7

TAKES: dict[str, Word] = {
    "final": Word(FINAL, "at the end"),
    "mean": Word(MEAN, "mean over turns"),
    "total": Word(TOTAL, "sum over turns"),
    "minimum": Word(MINIMUM, "lowest of all turns"),
    "maximum": Word(MAXIMUM, "highest of all turns"),
    "change": Word(CHANGE, "change from before the first turn to the end"),
    "first_above": Word(FIRST_ABOVE, "first turn above a level"),
    "turns_above": Word(TURNS_ABOVE, "turns above a level"),
}
WITH_LEVEL = ("first_above", "turns_above")
"""Takes that compare with a level."""
AT_END = ("final", "change")
"""Takes that are read once, after the last turn."""

# Events: what their effects act on, and what they do to it.

ON_QUANTITY = 0
ON_SALIENCE = 1
ON_TRUST = 2


class Target(NamedTuple):
    """What an effect may name: its number, and the sections of the names after it."""

    code: int
    sections: tuple[str, ...]
    can_switch: bool = False


TARGETS: dict[str, Target] = {
    "levers": Target(ON_QUANTITY, QUANTITIES["levers"], can_switch=True),
    "stocks": Target(ON_QUANTITY, QUANTITIES["stocks"]),
    "channels": Target(ON_QUANTITY, QUANTITIES["channels"], can_switch=True),
    "salience": Target(ON_SALIENCE, ("actors", "interests")),
    "trust": Target(ON_TRUST, ("channels", "actors")),
}

SET = 0
SHIFT = 1
SWITCH_ON = 2
SWITCH_OFF = 3

AMOUNTS = {"set": SET, "shift": SHIFT}
"""What an effect does with a number, by the field of the effect that holds it."""

Switch = Literal["on", "off"]
SWITCHES: dict[str, int] = {"on": SWITCH_ON, "off": SWITCH_OFF}

# Threats: what can be counted of one, turn by turn; the columns of ``Standoff.mark``.

Course = Literal["complied", "imposed", "backed_down", "yielded"]
"""How a sanction episode went."""

MADE = 0
COMPLIED = 1
IMPOSED = 2
BACKED_DOWN = 3
YIELDED = 4

COURSES: dict[str, Word] = {
    "complied": Word(COMPLIED, "{by} threatens {to}; {to} complies"),
    "imposed": Word(IMPOSED, "{by} threatens {to}; {to} resists; {by} imposes the sanction"),
    "backed_down": Word(BACKED_DOWN, "{by} threatens {to}; {to} resists; {by} backs down"),
    "yielded": Word(YIELDED, "{to} gives in to the standing sanction; {by} lifts it"),
}
COURSE_OF: dict[int, str] = {word.code: name for name, word in COURSES.items()}
"""The word for a number."""

THREAT_COUNTS: dict[str, int] = {"made": MADE, **{c: word.code for c, word in COURSES.items()}}

# Beliefs: the two types that somebody with a private salience may have.

BeliefType = Literal["low", "high"]

LOW_TYPE = 0
HIGH_TYPE = 1

BELIEF_TYPES = ("low", "high")
"""In the order of their numbers."""

# Words without a number in the engine that more than one file writes.

Distribution = Literal["uniform", "triangular"]
"""How a sweep draws a number from its range."""

Reach = Literal["turn", "scale"]
"""What a rival model lets a lever move by: one turn's step, or its whole scale."""

REACHES: tuple[str, ...] = get_args(Reach)

Disagreement = Literal["reservation", "zero", "lowest"]
"""What no deal is worth in a negotiation domain: the file's values, zero, or each one's least."""

DISAGREEMENTS: tuple[str, ...] = get_args(Disagreement)
