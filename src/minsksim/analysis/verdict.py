"""What moves the measures, in sentences that may be quoted as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from minsksim.analysis.indices import RANKED_BY
from minsksim.analysis.not_ranked import SINGLE, is_of_another
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.analysis.stored_sensitivity import Sensitivity
    from minsksim.scenario import Scenario

_MOST_NAMES = 3


def verdict(found: Sensitivity) -> tuple[str, ...]:
    """Return the answer in sentences: how many numbers matter, which most, which are assumed.

    Parameters
    ----------
    found : Sensitivity

    Returns
    -------
    tuple of str
    """
    sentences: list[str] = []
    for name, scenario in found.result.scenarios.items() if _can_rank(found) else ():
        start = f"{name}: " if len(found.result.scenarios) > 1 else ""
        sentences += [f"{start}{one}" for one in _of_scenario(found, name, scenario)]
    return (*sentences, *_limits(found))


def _can_rank(found: Sensitivity) -> bool:
    """Return whether the design lets any number be ranked; if not, that is the answer."""
    entangled = found.correlated is not None and found.correlated.is_too_entangled
    return not entangled and not (found.table["reason"] == SINGLE).any()


def _of_scenario(found: Sensitivity, name: str, scenario: Scenario) -> Iterator[str]:
    measures = found.agreement.loc[found.agreement["scenario"] == name, "measure"].tolist()
    one = measures[0] if len(measures) == 1 else None
    order = found.overall[found.overall["scenario"] == name]
    first = found.screening or found
    moving = int((first.overall["scenario"] == name).sum())
    what = f"'{_label(scenario, one)}'" if one else f"at least one of {len(measures)} measures"
    under = "under these assumptions"
    count = len(found.numbers)
    counted = f"Of {count:,} number{'s' if count > 1 else ''}"
    if order.empty:
        yield (
            f"{counted}, none is seen to move {what} beyond chance, {under}. More points or runs "
            "would show smaller effects."
        )
        return
    verb = "moves" if moving == 1 else "move"
    top = order.iloc[0]
    measure = one or str(top["measure"])
    of = "it" if one else f"'{_label(scenario, measure)}'"
    size = _size(found, scenario, measure, str(top["name"]), of)
    is_it = f"is '{top['label']}' ({top['source']}): {size}"
    moved = f"{counted}, {moving:,} {verb} {what} beyond chance, {under}"
    if one:
        yield f"{moved}; the strongest {is_it}."
    else:
        yield f"{moved}."
        yield f"The strongest over all measures, each counted alike, {is_it}."
    yield from _assumed(order, found)


def _assumed(order: pd.DataFrame, found: Sensitivity) -> Iterator[str]:
    """Name the assumed numbers, the strongest first."""
    assumed = order[order["source"] == "assumed"]
    if assumed.empty:
        yield "None of the numbers that are ranked is assumed."
        return
    first = assumed[assumed["name"].isin(_leaders(assumed))]
    after = assumed.drop(first.index)["label"][:_MOST_NAMES]
    axes = found.result.manifest["question"]["design"]["axes"]
    ends = {one["name"]: f"{one['low']:g} and {one['high']:g}" for one in axes}
    told = [
        f"'{row['label']}' (assumed between {ends[row['name']]})"
        for row in first.to_dict("records")
    ]
    if len(told) == 1:
        text = f"The assumption that matters most is {told[0]}"
    else:
        text = f"The assumptions that matter most, in an order not settled, are {joined(told)}"
    if len(after):
        text += "; after " + ("it " if len(told) == 1 else "them ")
        text += joined([f"'{label}'" for label in after])
    if len(order) == 1:
        yield f"{text}. It is the only number ranked."
        return
    others = [
        f"{count:,} {kind}"
        for kind, count in order["source"].value_counts().items()
        if kind != "assumed"
    ]
    rest = f", {joined(others)}" if others else ""
    verb = "is" if len(assumed) == 1 else "are"
    yield f"{text}. Of the {len(order):,} numbers ranked, {len(assumed):,} {verb} assumed{rest}."


def _leaders(rows: pd.DataFrame) -> set[str]:
    """Return the numbers that are the strongest by all points, or by one half of them."""
    names = rows["name"].tolist()
    sizes = [rows[word].to_numpy() for word in ("size", "one_half", "other_half")]
    return {names[int(size.argmax())] for size in sizes if size.max() > 0}


def _size(found: Sensitivity, scenario: Scenario, measure: str, number: str, of: str) -> str:
    """Say by how much a number moves a measure, and which way."""
    ranked = found.ranked(scenario.name, measure)
    row = ranked[ranked["name"] == number].iloc[0]
    middle, low, high = (float(row[word]) for word in ("estimate", "low", "high"))
    if found.kind == "saltelli":
        ends = f"{100 * low:.0f} to {100 * high:.0f} %"
        text = (
            f"alone or together with others it makes {100 * middle:.0f} % ({ends}) of the "
            f"variance{'' if of == 'it' else f' of {of}'}"
        )
    elif found.kind == "morris":
        unit = scenario.document.measures[measure].unit
        ends = f"{_short(low)} to {_short(high)}"
        text = f"over its range it changes {of} by {_short(middle)} ({ends}) {unit} on average"
    else:
        text = f"its partial rank correlation with {of} is {middle:.2f} ({low:.2f} to {high:.2f})"
    return text + _direction(found, scenario.name, measure, number)


def _direction(found: Sensitivity, scenario: str, measure: str, number: str) -> str:
    """Say which way a number moves a measure, where a Morris design tells it apart from none."""
    first = found.screening or found
    table = first.table
    rows = table[
        (table["scenario"] == scenario)
        & (table["measure"] == measure)
        & (table["name"] == number)
        & (table["index"] == "signed_effect")
    ]
    if rows.empty:
        return ""
    low, high = float(rows["low"].iloc[0]), float(rows["high"].iloc[0])
    if low <= 0 <= high:
        return ", now up, now down"
    return f", and raising the number {'raises' if low > 0 else 'lowers'} it on average"


def _limits(found: Sensitivity) -> Iterator[str]:
    """Say what the order does not cover."""
    columns = found.correlated
    if columns is not None and columns.is_too_entangled:
        one, other = (_named(found, name) for name in columns.pair)
        yield (
            f"No order is given: in this design of few points {columns.entangled:,} of "
            f"{len(columns.matrix):,} columns go with another one more than chance allows, such as "
            f"'{one}' and '{other}' (r = {columns.largest:.2f}; "
            f"{columns.beyond:,} of {columns.pairs:,} pairs are above {columns.limit:.2f}), so "
            "the effect of one may be that of the other. Use --design lhs or morris, or "
            "'minsksim sensitivity SCENARIO'."
        )
    elif columns is not None and len(columns.matrix) > 1:
        yield (
            f"Columns of the design: the largest correlation is {columns.largest:.2f}, and "
            f"{columns.beyond:,} of {columns.pairs:,} pairs are above {columns.limit:.2f}, where "
            f"chance ends.{_of_others(found)}"
        )
    if (found.table["reason"] == SINGLE).any():
        yield (
            "With one run at each point an effect cannot be told from the draws, so nothing is "
            "ranked: sweep with --runs 2 or more."
        )
    if found.screening is not None:
        yield _held(found, found.screening)
    dates = [
        measure
        for scenario in found.result.scenarios.values()
        for measure in found.agreement["measure"]
        if measure in scenario.document.measures
        and scenario.document.measures[measure].take == "first_above"
    ]
    if dates:
        yield "A level that is never reached counts as reached one turn after the last."


def _of_others(found: Sensitivity) -> str:
    rows = found.table[found.table["index"] == RANKED_BY[found.kind]]
    rows = rows[rows["reason"].map(is_of_another)]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    count = rows["name"].nunique()
    verb = "number is" if count == 1 else "numbers are"
    return f" {count:,} {verb} not ranked for that: '{row['label']}' {row['reason']}."


def _held(found: Sensitivity, screening: Sensitivity) -> str:
    """Say which numbers the shares leave out."""
    sizes = screening.overall.set_index("name")["size"]
    part = sizes[sizes.index.isin(found.result.varied)].sum() / sizes.sum()
    held = len(screening.result.varied) - len(found.result.varied)
    return (
        f"Shares are of the {len(found.result.varied):,} numbers that came first in a first look "
        f"at all {len(screening.result.varied):,} (they make {100 * part:.0f} % of the effects "
        f"found there); the other {held:,} are held at their base values."
    )


def _named(found: Sensitivity, name: str) -> str:
    rows = found.table.loc[found.table["name"] == name, "label"]
    return str(rows.iloc[0]) if len(rows) else name


def _label(scenario: Scenario, measure: str) -> str:
    return scenario.document.measures[measure].label


def _short(value: float) -> str:
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
