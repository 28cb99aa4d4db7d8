"""One order of the varied numbers over all measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.scenario.number_labels import number_label

if TYPE_CHECKING:
    from minsksim.analysis.controls import Floats
    from minsksim.analysis.indices import Assessment
    from minsksim.scenario import Scenario

COLUMNS = (
    "scenario", "name", "label", "source", "size",
    "measures", "largest", "measure", "one_half", "other_half",
)  # fmt: skip


def overall_order(
    scenarios: Mapping[str, Scenario],
    names: Sequence[str],
    found: Iterable[tuple[str, str, Assessment, Sequence[Floats]]],
) -> pd.DataFrame:
    """Return the numbers that are ranked for any measure, the strongest first.

    A number counts for a measure by its share (``Assessment.size``) if it is ranked there, else 0;
    every measure that moves at all counts alike. So a number that rules one measure of thirty does
    not come before one that has a part in all of them.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
    names : sequence of str
        D numbers.
    found : iterable of (scenario, measure, Assessment, sizes of the ranked by each half)
    """
    found = list(found)
    tables = []
    for scenario, source in scenarios.items():
        mine = [one for one in found if one[0] == scenario and one[2].estimates]
        if mine:
            tables.append(_of_scenario(source, names, mine))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))


def _of_scenario(
    source: Scenario,
    names: Sequence[str],
    found: Sequence[tuple[str, str, Assessment, Sequence[Floats]]],
) -> pd.DataFrame:
    shares, halves = np.zeros((len(found), len(names))), np.zeros((2, len(found), len(names)))
    for row, (_, _, one, apart) in enumerate(found):
        shares[row, one.ranked] = one.size[one.ranked]
        for half, sizes in enumerate(apart):
            halves[half, row, one.ranked] = sizes
    size, largest = shares.mean(axis=0), shares.argmax(axis=0)
    order = [i for i in np.argsort(-size, kind="stable").tolist() if size[i] > 0]
    document = source.document
    return pd.DataFrame(
        {
            "scenario": source.name,
            "name": [names[i] for i in order],
            "label": [number_label(document, names[i]) for i in order],
            "source": [document.sources[source.numbers[names[i]].source].kind for i in order],
            "size": size[order],
            "measures": (shares[:, order] > 0).sum(axis=0),
            "largest": shares.max(axis=0)[order],
            "measure": [found[largest[i]][1] for i in order],
            "one_half": halves[0].mean(axis=0)[order],
            "other_half": halves[1].mean(axis=0)[order],
        }
    )
