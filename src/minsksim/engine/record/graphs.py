"""The two networks of a scenario as networkx graphs."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx

from minsksim._compiled.twins import bare
from minsksim.engine.arrays.kinds import Floats
from minsksim.engine.valuation.answers import quality_of
from minsksim.scenario import take_scenario

if TYPE_CHECKING:
    from minsksim.engine.arrays.records import State, Structure
    from minsksim.scenario import Given, Scenario


def _values(scenario: Scenario, numbers: Floats | None) -> dict[str, float]:
    names = scenario.numbers
    if numbers is None:
        return {name: number.value for name, number in names.items()}
    return dict(zip(names, map(float, numbers), strict=True))


def influence_graph(scenario: Given, numbers: Floats | None = None) -> nx.DiGraph[str]:
    """Return who attends to whom, from the one attended to to the one who attends.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A checked scenario, or the name or file of one.
    numbers : ndarray, shape (N,), optional
        Another design point; the scenario's own values by default.

    Returns
    -------
    networkx.DiGraph
        Nodes carry ``label``, edges ``name``, ``weight`` (attention, >= 0) and ``regard``
        (signed, of the target for the source).
    """
    scenario = take_scenario(scenario)
    value = _values(scenario, numbers)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, actor in scenario.document.actors.items():
        graph.add_node(name, label=actor.label)
    for name, edge in scenario.document.influence.items():
        graph.add_edge(
            edge.origin,
            edge.to,
            name=name,
            weight=value[f"influence.{name}.weight"],
            regard=value[f"influence.{name}.regard"],
        )
    return graph


def channel_graph(scenario: Given, numbers: Floats | None = None) -> nx.Graph[str]:
    """Return who can talk to whom.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A checked scenario, or the name or file of one.
    numbers : ndarray, shape (N,), optional
        Another design point; the scenario's own values by default.

    Returns
    -------
    networkx.Graph
        Nodes carry ``label``, edges ``name``, ``label``, ``quality``, ``open`` and ``secret``.
    """
    scenario = take_scenario(scenario)
    value = _values(scenario, numbers)
    graph: nx.Graph[str] = nx.Graph()
    for name, actor in scenario.document.actors.items():
        graph.add_node(name, label=actor.label)
    for name, channel in scenario.document.channels.items():
        for pair in combinations(channel.between, 2):
            graph.add_edge(
                *pair,
                name=name,
                label=channel.label,
                quality=value[f"channels.{name}.quality"],
                open=channel.open,
                secret=not channel.public,
            )
    return graph


def present_channels(
    scenario: Scenario, numbers: Floats, structure: Structure, state: State
) -> nx.Graph[str]:
    """Return who can talk to whom at a moment of a run, with the present quality of channels."""
    graph = channel_graph(scenario, numbers)
    for c, (name, channel) in enumerate(scenario.document.channels.items()):
        for pair in combinations(channel.between, 2):
            edge = graph.edges[pair]
            if edge["name"] == name:
                edge["quality"] = float(bare(quality_of)(structure, state, c))
                edge["open"] = bool(state.is_open[c])
    return graph
