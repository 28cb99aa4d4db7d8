"""Beliefs: somebody else's, about a salience that is weighed, and with something to learn from."""

from __future__ import annotations

from ..beliefs import PUBLIC, Belief
from ..places import Faults, Keys, nearest
from ..schema import Document
from .relations import check_relations, has_no_regard, has_two_types


def check_beliefs(document: Document, faults: Faults) -> None:
    """Check whose type each belief is about, who holds it, and where it can learn."""
    private: dict[str, str] = {}
    for name, belief in document.beliefs.items():
        path: Keys = ("beliefs", name)
        if belief.of not in document.actors:
            faults.add(
                (*path, "of"),
                f"there is no actor {belief.of}. " + nearest(belief.of, document.actors),
            )
            continue
        _check_interest(document, path, belief, faults)
        _check_believer(document, path, belief, faults)
        if belief.of in private:
            faults.add(
                (*path, "of"),
                f"{private[belief.of]} is already about {belief.of}, and an actor has one private "
                "salience at most. Keep one of them.",
            )
        private.setdefault(belief.of, name)


def _check_interest(document: Document, path: Keys, belief: Belief, faults: Faults) -> None:
    weighed = document.actors[belief.of].salience
    if belief.interest not in weighed:
        faults.add(
            (*path, "interest"),
            f"{belief.of} does not weigh {belief.interest}. {nearest(belief.interest, weighed)}",
        )
    check_relations(has_two_types(path, belief), faults)


def _check_believer(document: Document, path: Keys, belief: Belief, faults: Faults) -> None:
    own = [channel for channel in document.channels.values() if belief.of in channel.between]
    if belief.by == PUBLIC:
        if not any(channel.public for channel in own):
            faults.add(
                (*path, "by"),
                f"the public learns from public agreements, and {belief.of} is in no public "
                "channel. Name a partner, or make a channel public.",
            )
        return
    if belief.by not in document.actors:
        faults.add(
            (*path, "by"),
            f"there is no actor {belief.by}. " + nearest(belief.by, [*document.actors, PUBLIC]),
        )
    elif belief.by == belief.of:
        faults.add((*path, "by"), "an actor knows itself. Name a partner, or public.")
    elif not any(belief.by in channel.between for channel in own):
        faults.add(
            (*path, "by"),
            f"{belief.by} and {belief.of} share no channel, so {belief.by} would learn nothing. "
            "Name a partner, or public.",
        )
    check_relations(has_no_regard(path, belief, document.influence), faults)
