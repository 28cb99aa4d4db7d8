"""One order of the varied numbers over all measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.scenario.number_labels import number_label

if TYPE_CHECKING:
    from minsksim.analysis.indices import Assessment
    from minsksim.scenario import Scenario

COLUMNS = ("scenario", "name", "label", "source", "size", "measures", "largest", "measure")


def overall_order(
    scenarios: Mapping[str, Scenario],
    names: Sequence[str],
    found: Iterable[tuple[str, str, Assessment]],
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
    found : iterable of (scenario, measure, Assessment)
    """
    found = list(found)
    tables = []
    for scenario, source in scenarios.items():
        mine = [
            (measure, one) for name, measure, one in found if name == scenario and one.estimates
        ]
        if not mine:
            continue
        shares = np.zeros((len(mine), len(names)))
        for row, (_, one) in enumerate(mine):
            shares[row, one.ranked] = one.size[one.ranked]
        size, largest = shares.mean(axis=0), shares.argmax(axis=0)
        order = [i for i in np.argsort(-size, kind="stable").tolist() if size[i] > 0]
        sources = source.document.sources
        tables.append(
            pd.DataFrame(
                {
                    "scenario": scenario,
                    "name": [names[i] for i in order],
                    "label": [number_label(source.document, names[i]) for i in order],
                    "source": [sources[source.numbers[names[i]].source].kind for i in order],
                    "size": size[order],
                    "measures": (shares[:, order] > 0).sum(axis=0),
                    "largest": shares.max(axis=0)[order],
                    "measure": [mine[largest[i]][0] for i in order],
                }
            )
        )
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))
