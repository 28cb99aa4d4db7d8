"""A scenario with something supposed against it: parts dropped, levers imposed or forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from minsksim.alike import several
from minsksim.errors import UsageError
from minsksim.frozen import FrozenMap

from .checks.numbers import check_numbers
from .checks.what_if import check_what_if
from .load import Given, Scenario, digest_of, take_scenario, take_scenarios
from .numbers import walk_numbers
from .places import Faults, Position, dotted
from .schema import Document, Source, WhatIf
from .what_if import Imposed
from .what_if_text import SOURCE, imposed_of, lever_of, part_of

Texts = str | Sequence[str]
"""One text, or several."""

_NOTE = "Imposed to see what would follow; not an estimate of anything."


def suppose(
    scenario: Given, *, drop: Texts = (), impose: Texts = (), forbid: Texts = ()
) -> Scenario:
    """Return a scenario with parts taken away, levers imposed or levers forbidden.

    Parameters
    ----------
    scenario : Scenario, str or Path
    drop : str or sequence of str
        Parts to take away, by dotted name: ``interests.x``, one of its terms
        (``interests.x.terms.y``), what one actor gives it (``actors.a.salience.x``),
        ``events.x``, ``answers.x``, ``channels.x``, ``channels.x.meetings`` (they then meet by the
        channel's quality alone), ``channels.x.counter_offer`` (nobody bids against its packages; of
        several, ``channels.x.counter_offer.y``), ``channels.x.ratification`` (nobody at home need
        agree; of one party ``channels.x.ratification.a``, of several
        ``channels.x.ratification.a.y``) or ``levers.x``. The last part of a name is enough for an
        interest, event, answer, channel or lever, where only one has it. All weights that are left
        stay as they are: nothing is normalised again. A dropped channel is closed and has
        quality 0; a dropped lever stands at the low end of its bounds, and no utility counts it.
    impose : str or sequence of str
        ``lever=value@date``: the lever stands at the value from that date (``2025-09``,
        ``2025-09-15``) or turn (``9``) on, without one from the first turn on. Nobody may move
        it, no event does, and nobody pays for it.
    forbid : str or sequence of str
        Levers that stay at their initial value: on no table, moved by nobody and by no event.

    Returns
    -------
    Scenario
        Of the same name and with all its numbers; what was supposed stands in the section
        ``what_if`` of its document and, in words, in its notes. The same scenario where nothing is
        supposed.

    Raises
    ------
    UsageError
        Something named does not exist, or is not written as above.
    ScenarioError
        A value that the lever cannot take, a date outside the calendar, or two things supposed of
        one lever.

    Examples
    --------
    >>> free = suppose("minsk", impose="potash_relief=1@2025-09", drop="captives")
    >>> free.document.what_if.drop, free.document.what_if.impose["potash_relief"].on.isoformat()
    (('interests.captives',), '2025-09-01')
    """
    scenario = take_scenario(scenario)
    drop, impose, forbid = texts("drop", drop), texts("impose", impose), texts("forbid", forbid)
    asked = _asked(scenario.document, drop, impose, forbid)
    if asked == WhatIf():
        return scenario
    document = _merged(scenario.document, asked)
    faults = Faults({(): Position(scenario.name)}, scenario.name)
    check_what_if(document, faults)
    if not faults.found:
        check_numbers(document, faults)
    faults.stop()
    numbers = {dotted(place): number for place, number in walk_numbers(document)}
    return replace(
        scenario,
        document=document,
        numbers=FrozenMap(numbers),
        digest=digest_of(document),
        notes=(*scenario.notes, *sentences(document, asked)),
    )


def texts(name: str, given: Texts) -> tuple[str, ...]:
    """Return what was given as texts.

    Raises
    ------
    UsageError
        Something in it is no text.
    """
    found = several(given)
    for one in found:
        if not isinstance(one, str):
            told = f"{type(one).__name__} given for a text"
            raise UsageError(f"{name}: {told}. Give a name, several, or () for none.")
    return found


def suppose_of_all(
    scenarios: Given | Iterable[Given],
    *,
    drop: Texts = (),
    impose: Texts = (),
    forbid: Texts = (),
) -> tuple[Scenario, ...]:
    """Return one or several scenarios, each with the same supposed of it."""
    return tuple(
        suppose(one, drop=drop, impose=impose, forbid=forbid) for one in take_scenarios(scenarios)
    )


def suppose_of_variants(
    base: Scenario,
    variants: Iterable[Scenario],
    *,
    drop: Texts = (),
    impose: Texts = (),
    forbid: Texts = (),
) -> tuple[Scenario, ...]:
    """Return the second side of a comparison: every variant with what is supposed of it.

    Without a variant it is the base of which something is supposed. Where anything is, the name
    says so, because a base and what is compared with it need two names.
    """
    words = in_words(drop, impose, forbid)
    if not words:
        return tuple(variants)
    return tuple(
        replace(
            suppose(one, drop=drop, impose=impose, forbid=forbid),
            name=f"{one.name} {words}",
            variant_of=base.name,
        )
        for one in tuple(variants) or (base,)
    )


def in_words(drop: Texts, impose: Texts, forbid: Texts) -> str:
    """Return what is supposed, as a name ends; empty for nothing.

    Examples
    --------
    >>> in_words("captives", "potash_relief=1@2025-09", ("embassy", "subsidy"))
    'with potash_relief=1@2025-09, without captives, with embassy and subsidy forbidden'
    """
    imposed, dropped, forbidden = (
        " and ".join(texts(name, one))
        for name, one in (("impose", impose), ("drop", drop), ("forbid", forbid))
    )
    parts = (
        (imposed, f"with {imposed}"),
        (dropped, f"without {dropped}"),
        (forbidden, f"with {forbidden} forbidden"),
    )
    return ", ".join(text for is_given, text in parts if is_given)


def supposed_in_words(scenarios: Iterable[Scenario]) -> list[str]:
    """Say, each once, what is supposed in some scenarios.

    Examples
    --------
    >>> supposed_in_words([suppose("minsk", drop="captives")])
    ['Dropped: interests.captives. All weights that are left stay as they are.']
    """
    told = [
        sentences(one.document, one.document.what_if)
        for one in scenarios
        if one.document.what_if is not None
    ]
    return list(dict.fromkeys(sentence for each in told for sentence in each))


def sentences(document: Document, asked: WhatIf) -> list[str]:
    """Say in sentences what is supposed."""
    found = []
    if asked.drop:
        found.append(
            f"Dropped: {', '.join(asked.drop)}. All weights that are left stay as they are."
        )
    for name, one in asked.impose.items():
        found.append(
            f"Imposed: {name} stands at {one.to.value:g} from {one.on} on; nobody may move it, and "
            "nobody pays for it."
        )
    for name in asked.forbid:
        initial = document.levers[name].initial.value
        found.append(
            f"Forbidden: {name} stays at its initial value, {initial:g}; it is on no table, and "
            "events leave it."
        )
    return found


def _asked(
    document: Document, drop: Sequence[str], impose: Sequence[str], forbid: Sequence[str]
) -> WhatIf:
    stands: dict[str, Imposed] = {}
    for text in impose:
        name, one = imposed_of(document, text)
        if name in stands:
            raise UsageError(f"--impose {text}: {name} is imposed twice. Keep one of them.")
        stands[name] = one
    return WhatIf(
        drop=tuple(part_of(document, name) for name in drop),
        forbid=tuple(lever_of(document, name, "--forbid") for name in forbid),
        impose=stands,
    )


def _merged(document: Document, asked: WhatIf) -> Document:
    old = document.what_if or WhatIf()
    both: Mapping[str, Imposed] = {**old.impose, **asked.impose}
    what_if = WhatIf(
        drop=tuple(dict.fromkeys((*old.drop, *asked.drop))),
        forbid=tuple(dict.fromkeys((*old.forbid, *asked.forbid))),
        impose=dict(both),
    )
    sources = document.sources
    if what_if.impose and SOURCE not in sources:
        sources = {**sources, SOURCE: Source(kind="definition", note=_NOTE)}
    return document.model_copy(update={"what_if": what_if, "sources": sources})
