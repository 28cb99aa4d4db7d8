"""One scenario under every bargaining protocol: how much the choice of theory changes.

All protocols play on the same draws. What they differ by is set beside how far the draws alone
spread runs under one of them: a finding that a theory's name decides is not a finding about the
case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.alike import several
from minsksim.analysis.intervals import mean_interval
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.memory import simulate_runs
from minsksim.frozen import FrozenMap
from minsksim.notice import NOTICE
from minsksim.scenario import take_scenario
from minsksim.scenario.protocols import protocols_for, two_party_channels, with_protocol

if TYPE_CHECKING:
    from minsksim.scenario import Given, Scenario

COLUMNS = ("protocol", "measure", "label", "unit", "n", "mean", "low", "high", "p05", "p95")
SPREADS = (
    "measure",
    "label",
    "unit",
    "n",
    "lowest",
    "least",
    "highest",
    "most",
    "spread",
    "low",
    "high",
    "draws",
    "ratio",
)


@dataclass(frozen=True, eq=False)
class ProtocolComparison:
    """A scenario under several protocols.

    Attributes
    ----------
    scenario : str
        Name of the scenario.
    channels : tuple of str
        Whose protocol was changed.
    written : tuple of str
        Protocols that the file itself uses there.
    runs : int
        Replications of each protocol.
    seed : int
    table : DataFrame
        One row for each protocol and measure: mean over runs with its 95 % interval, and the
        middle 90 % of runs.
    spreads : DataFrame
        One row for each measure: the protocols with the ``least`` and the ``most`` mean, the
        ``spread`` between them with the 95 % interval of the paired difference (the two were
        picked for being far apart, so it is a little too narrow), the width of the middle 90 %
        of runs within a protocol (``draws``: the spread that other draws make, averaged over
        protocols), and ``ratio`` = spread / draws.
    draws : DataFrame
        Every run: scenario (the protocol), point, replication, status, measures.
    scenarios : mapping of str to Scenario
        By protocol.
    notice : str
        What the figures are not.
    """

    scenario: str
    channels: tuple[str, ...]
    written: tuple[str, ...]
    runs: int
    seed: int
    table: pd.DataFrame
    spreads: pd.DataFrame
    draws: pd.DataFrame = field(repr=False)
    scenarios: Mapping[str, Scenario] = field(repr=False)
    notice: str = NOTICE


def compare_protocols(
    scenario: Given,
    protocols: Sequence[str] | None = None,
    channels: str | Sequence[str] | None = None,
    runs: int = 1000,
    seed: int = 0,
    measures: str | Sequence[str] | None = None,
    *,
    threads: int | None = None,
    kernel: Kernel | None = None,
) -> ProtocolComparison:
    """Play a scenario under several bargaining protocols on the same draws.

    Parameters
    ----------
    scenario : Scenario, str or Path
    protocols : sequence of str, optional
        Default: all of them, or all that can bargain about lumps if a lever has ``steps``.
    channels : str or sequence of str, optional
        Channels whose protocol changes. Default: every channel of two parties.
    runs : int
        Replications of each.
    seed : int
    measures : str or sequence of str, optional
        Default: all.
    threads : int, optional
        Default: one for each processor; decides no number.
    kernel : Kernel, optional
        Another engine, for tests.

    Returns
    -------
    ProtocolComparison

    Raises
    ------
    UsageError
        For an unknown protocol, channel or measure, or fewer than two protocols.
    """
    scenario, channels = take_scenario(scenario), several(channels or ())
    if protocols is None:
        protocols = protocols_for(scenario.document, channels)
    names = tuple(dict.fromkeys(several(protocols)))
    if len(names) < 2:
        raise UsageError("A comparison of protocols needs at least two.")
    engine = kernel or Engine()
    wanted = chosen(measures, tuple(scenario.document.measures))
    scenarios = {name: with_protocol(scenario, name, channels) for name in names}
    draws = {
        name: simulate_runs(one, runs, seed, threads=threads, kernel=engine)
        for name, one in scenarios.items()
    }
    changed = tuple(channels or two_party_channels(scenario.document))
    written = dict.fromkeys(scenario.document.channels[name].protocol for name in changed)
    rows = [row for name in names for row in _rows(scenario, name, wanted, draws[name])]
    spreads = [_spread(scenario, measure, draws) for measure in wanted]
    return ProtocolComparison(
        scenario=scenario.name,
        channels=changed,
        written=tuple(written),
        runs=runs,
        seed=seed,
        table=pd.DataFrame(rows, columns=list(COLUMNS)),
        spreads=pd.DataFrame(spreads, columns=list(SPREADS)),
        draws=pd.concat(draws.values(), ignore_index=True),
        scenarios=FrozenMap(scenarios),
    )


def _rows(
    scenario: Scenario, protocol: str, wanted: Sequence[str], draws: pd.DataFrame
) -> list[tuple[object, ...]]:
    rows = []
    for name in wanted:
        measure = scenario.document.measures[name]
        values = draws[name].to_numpy(dtype=np.float64)
        values = values[~np.isnan(values)]
        ends = np.quantile(values, (0.05, 0.95)) if values.size else (np.nan, np.nan)
        rows.append(
            (
                protocol,
                name,
                measure.label,
                measure.unit,
                values.size,
                *mean_interval(values),
                *map(float, ends),
            )
        )
    return rows


def _spread(scenario: Scenario, name: str, draws: Mapping[str, pd.DataFrame]) -> tuple[object, ...]:
    """Return the row of a measure, over the replications that finished under every protocol."""
    measure = scenario.document.measures[name]
    values = np.array([one[name].to_numpy(dtype=np.float64) for one in draws.values()])
    values = values[:, ~np.isnan(values).any(axis=0)]
    if not values.shape[1]:
        return (name, measure.label, measure.unit, 0, "", np.nan, "", *[np.nan] * 6)
    means, protocols = values.mean(axis=1), list(draws)
    least, most = int(means.argmin()), int(means.argmax())
    low, high = np.quantile(values, (0.05, 0.95), axis=1)
    spread, width = mean_interval(values[most] - values[least]), float((high - low).mean())
    return (
        name,
        measure.label,
        measure.unit,
        values.shape[1],
        protocols[least],
        float(means[least]),
        protocols[most],
        float(means[most]),
        *spread,
        width,
        spread.estimate / width if width > 0.0 else (np.inf if spread.estimate > 0.0 else 0.0),
    )
