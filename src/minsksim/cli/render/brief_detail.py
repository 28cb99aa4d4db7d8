"""How much of a run its brief tells: from the most to the least, the first that fits is taken.

Lists of levers, names and statuses are shortened first. Meetings that led to nothing and broken
agreements stay; a row that must still go is named in the row ``Next``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from minsksim.cli.render import numbers
from minsksim.cli.render.quiet_text import met_in_vain, quiet_row

if TYPE_CHECKING:
    from minsksim.analysis.story import Story
    from minsksim.scenario.schema import Document

LINES = 15
MOST_LINES = 18
"""Lines where answers, meetings with a cause, counter-offers or ratifiers have rows of their own
and fifteen lines cannot hold them, however short."""


class Detail(NamedTuple):
    """How many of each are told of.

    Bare is without title, smaller agreements and who threatens. The larger ``terse`` is, the less
    is said: from 1 on with short names and without the parties of the worst agreement, from 2 on
    without that agreement and what a counter-offer spared, at 3 in the fewest words.
    """

    channels: int
    levers: int
    actors: int
    hidden: int
    statuses: int
    quiet: int
    terse: int = 0
    is_bare: bool = False

    @property
    def has_worst(self) -> bool:
        """Whether the worst agreement for an outsider is told, and what counter-offers spared."""
        return self.terse < 2

    @property
    def has_public(self) -> bool:
        """Whether it is told what outsiders learnt, and sentences are written out."""
        return self.terse < 3


_DETAILS = (
    Detail(3, 3, 4, 2, 9, 3),
    Detail(2, 3, 3, 2, 9, 2),
    Detail(2, 2, 3, 1, 9, 2),
    Detail(1, 3, 3, 1, 6, 1),
    Detail(1, 2, 3, 1, 6, 1),
    Detail(1, 2, 2, 0, 6, 1),
    Detail(1, 2, 0, 0, 4, 1),
    Detail(1, 1, 0, 0, 3, 0),
    Detail(1, 1, 0, 0, 2, 0),
    Detail(1, 1, 0, 0, 2, 0, terse=1),
    Detail(1, 1, 0, 0, 2, 0, terse=1, is_bare=True),
    Detail(1, 1, 0, 0, 1, 0, terse=2, is_bare=True),
    Detail(1, 1, 0, 0, 1, 0, terse=3, is_bare=True),
)
LEAST = _DETAILS[-1]


def details(story: Story) -> list[Detail]:
    """Return what to try; of quiet turns without a cause only what takes nothing else's room."""
    if met_in_vain(story):
        return [detail._replace(quiet=max(detail.quiet, 1)) for detail in _DETAILS]
    return [one for detail in _DETAILS for one in (detail, detail._replace(quiet=0))]


def rooms(document: Document, notice: int) -> list[tuple[int, int]]:
    """Return how terse a brief may be and how many lines it may take, in the order to try.

    On a wide screen the notice is one of the fifteen; on a narrow one it comes on top of them.
    """
    few = (LINES - notice, LINES)
    found = [(terse, most) for terse in (1, LEAST.terse) for most in few]
    has_more = bool(document.answers) or any(
        one.meetings or one.counter_offer or one.ratification for one in document.channels.values()
    )
    more = (MOST_LINES - notice, MOST_LINES) if has_more else ()
    return [*found, *((LEAST.terse, most) for most in more)]


def in_short(story: Story, detail: Detail) -> Story:
    """Return a story whose actors have short names, where those differ and room is scarce."""
    if not detail.terse:
        return story
    names = {name: numbers.short(label) for name, label in story.actors.items()}
    counts = Counter(names.values())
    actors = {
        name: short if counts[short] == 1 else story.actors[name] for name, short in names.items()
    }
    return replace(story, actors=actors)


def left_out(story: Story, detail: Detail) -> list[str]:
    """Return what a brief leaves out altogether, for the row that says where to find it."""
    found = []
    if not quiet_row(story, detail.quiet) and quiet_row(story, len(story.brief.trades)):
        found.append("quiet turns")
    if detail.is_bare and any(not one.broken for one in story.brief.trades[detail.channels :]):
        found.append("smaller agreements")
    if story.costs and not detail.has_worst:
        found.append("the worst agreement")
    if story.brief.trades and not detail.has_public:
        found.append("what outsiders learnt")
    return found
