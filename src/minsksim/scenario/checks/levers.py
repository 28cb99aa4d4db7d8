"""Actors and the levers they own."""

from __future__ import annotations

from ..places import Faults, Keys, nearest
from ..schema import Document
from .relations import check_relations, weighs_something


def check_actors(document: Document, faults: Faults) -> None:
    """Check what actors weigh, what they broker, and who attends to whom."""
    for name, actor in document.actors.items():
        path: Keys = ("actors", name)
        for interest in actor.salience:
            if interest not in document.interests:
                faults.add(
                    (*path, "salience", interest),
                    f"there is no interest {interest}. " + nearest(interest, document.interests),
                )
        check_relations([weighs_something(path, actor)], faults)
        if actor.brokers is not None:
            _check_broker(document, name, actor.brokers, faults)
        elif actor.bias is not None:
            faults.add(
                (*path, "bias"),
                "only a broker has a bias: it caps what messages through it are worth. Add "
                "`brokers`, or remove `bias`.",
            )
    if not document.actors:
        faults.add(("actors",), "there are no actors. Add at least one.")
    _check_influence(document, faults)


def check_levers(document: Document, faults: Faults) -> None:
    """Check owners, bounds and secrecy."""
    for name, lever in document.levers.items():
        path: Keys = ("levers", name)
        if lever.owner not in document.actors:
            faults.add(
                (*path, "owner"),
                f"there is no actor {lever.owner}. " + nearest(lever.owner, document.actors),
            )
        check_order(lever.bounds, (*path, "bounds"), faults)
        if lever.secret and lever.leak is None:
            faults.add(
                (*path, "secret"), "a secret lever needs `leak`. Add its probability per turn."
            )
        if not lever.secret and lever.leak is not None:
            faults.add(
                (*path, "leak"),
                "only a secret lever can leak. Remove `leak`, or write secret: true.",
            )


def check_order(bounds: tuple[float, float], path: Keys, faults: Faults) -> None:
    """Check that two bounds are a lower and a higher one."""
    low, high = bounds
    if not low < high:
        faults.add(
            path,
            f"[{low:g}, {high:g}] is not ordered. Write the lower end first, the higher second.",
        )


def _check_broker(document: Document, actor: str, lever: str, faults: Faults) -> None:
    path: Keys = ("actors", actor, "brokers")
    own = [name for name, item in document.levers.items() if item.owner == actor]
    if lever not in document.levers:
        faults.add(path, f"there is no lever {lever}. {nearest(lever, own)}")
    elif lever not in own:
        faults.add(
            path,
            f"{lever} belongs to {document.levers[lever].owner}. An actor brokers "
            f"with its own lever. {nearest(lever, own)}",
        )


def _check_influence(document: Document, faults: Faults) -> None:
    seen: dict[tuple[str, str], str] = {}
    for name, edge in document.influence.items():
        path: Keys = ("influence", name)
        for field, actor in (("from", edge.origin), ("to", edge.to)):
            if actor not in document.actors:
                faults.add(
                    (*path, field), f"there is no actor {actor}. " + nearest(actor, document.actors)
                )
        if edge.origin == edge.to:
            faults.add(path, "an actor cannot influence itself. Name two actors.")
        pair = (edge.origin, edge.to)
        if pair in seen:
            faults.add(
                path,
                f"{seen[pair]} already leads from {edge.origin} to {edge.to}. Keep one of them.",
            )
        seen.setdefault(pair, name)
