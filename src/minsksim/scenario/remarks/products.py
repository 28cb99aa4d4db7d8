"""Numbers that matter only together, and ranges that say nothing of their own.

Utility adds w e f(z) over the terms of all interests, w the actor's weight of the interest and e
the effect of the term. Two rules follow from this alone.

1. Weights are divided by the sum of their sizes, so only their ratios matter: c w for all weights
   of an actor is the same scenario. Of n weights, n - 1 say something.
2. Where an interest has one term, or one actor weighs it, w and e stand in nothing but products:
   (c w)(e / c) = w e. Of A weights and N effects, A + N - 1 say something. What is lost by holding
   one is the unit in which utils are counted, and costs, reservations and rationality say that.
   It does not hold for an actor of whom some weight moves by itself, since the others make room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..fields import Number
from ..schema import Document
from .remark import Remark, most

MECHANICAL = (0.5, 1.5)
"""Ends of a range, as shares of the value, that show that nobody thought about it."""
_TINY = 1e-9


def products(document: Document) -> Iterator[Remark]:
    """Yield a remark for each group of varied numbers of which one could be held."""
    yield from _weights(document)
    for name, interest in document.interests.items():
        weights = {
            f"actors.{a}.salience.{name}": actor.salience[name]
            for a, actor in document.actors.items()
            if name in actor.salience
        }
        effects = {
            f"interests.{name}.terms.{t}.effect": one.effect for t, one in interest.terms.items()
        }
        weighing = {place.split(".")[1] for place in weights}
        if min(len(weights), len(effects)) > 1 or weighing & _out_of_step(document):
            continue
        varied = (*_varied(weights), *_varied(effects))
        if len(varied) < len(weights) + len(effects) or len(varied) < 2:
            continue
        held = max(effects, key=lambda one: abs(effects[one].value))
        yield Remark(
            "product",
            varied,
            f"{name}: its {_counted(weights, 'weight')} and {_counted(effects, 'effect')} matter "
            "only as products, (c w)(e / c) = w e for any c.",
            f"Hold {held} at {effects[held].value:g}: take its `range` away, so that the weights "
            "alone say how much the interest counts.",
            1,
        )


def _weights(document: Document) -> Iterator[Remark]:
    """Yield a remark for each actor whose weights all vary: their common size says nothing."""
    for name, actor in document.actors.items():
        weights = {f"actors.{name}.salience.{key}": one for key, one in actor.salience.items()}
        for belief, one in document.beliefs.items():
            if one.of == name:
                weights.pop(f"actors.{name}.salience.{one.interest}", None)
                weights |= {f"beliefs.{belief}.low": one.low, f"beliefs.{belief}.high": one.high}
        varied = _varied(weights)
        if varied and len(varied) == len(weights):
            held = max(weights, key=lambda one: abs(weights[one].value))
            yield Remark(
                "product",
                varied,
                f"{name}: its {_counted(weights, 'weight')} matter only by their ratios, "
                "w / sum|w| = c w / sum|c w| for any c above 0."
                if len(varied) > 1
                else f"{name}: its one weight matters by its sign alone, w / |w|.",
                f"Hold {held} at {weights[held].value:g}: take its `range` away.",
                1,
            )


def _counted(numbers: Mapping[str, Number], word: str) -> str:
    return f"{len(numbers)} {word}{'s' * (len(numbers) > 1)}"


def _out_of_step(document: Document) -> set[str]:
    """Return the actors of whom some weight moves by itself: the others then change their share.

    A belief, an event or an answer names one of the weights, or others influence what it minds.
    """
    found = {belief.of for belief in document.beliefs.values()}
    named = {one.of for one in (document.answers or {}).values()}
    named |= {e.of for event in document.events.values() for e in event.effects.values()}
    found |= {name.split(".")[1] for name in named if name.startswith("salience.")}
    heeding = {edge.to for edge in document.influence.values() if most(edge.weight) > 0.0}
    return found | {name for name in heeding if most(document.actors[name].susceptibility) > 0.0}


def _varied(numbers: Mapping[str, Number]) -> tuple[str, ...]:
    return tuple(name for name, number in numbers.items() if number.range is not None)


def mechanical_ranges(numbers: Mapping[str, Number]) -> Iterator[Remark]:
    """Yield one remark on the ranges of half to one and a half times the value, if any."""
    varied = [name for name, number in numbers.items() if number.range is not None]
    found = tuple(name for name in varied if _is_mechanical(numbers[name]))
    if found:
        yield Remark(
            "mechanical",
            found,
            f"{len(found)} of {len(varied)} ranges are half to one and a half times the value.",
            "Ask of each what would be too low and too high to believe, write that as its `range`, "
            "and say why in a `note`.",
        )


def _is_mechanical(number: Number) -> bool:
    if number.range is None or number.value == 0.0:
        return False
    ends = sorted(share * number.value for share in MECHANICAL)
    return all(
        abs(one - end) <= _TINY * abs(end) for one, end in zip(number.range, ends, strict=True)
    )
