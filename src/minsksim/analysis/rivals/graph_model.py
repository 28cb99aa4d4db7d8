"""A case of the graph model for conflict resolution: which states would nobody leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from minsksim.notice import NOTICE
from minsksim.scenario.graph_case import GraphCase
from minsksim.theory.pareto import is_efficient
from minsksim.theory.stability import CONCEPTS, equilibria, reachable


@dataclass(frozen=True, eq=False)
class GraphBench:
    """Stable states of a conflict.

    Attributes
    ----------
    graph : GraphCase
    equilibria : mapping of str to tuple of int
        For each of ``theory.stability.CONCEPTS`` the states that nobody would leave.
    efficient : tuple of int
        States that no other state improves on for somebody at nobody's cost.
    ahead : tuple of int
        States that improvements of single actors can lead to from the status quo, no actor moving
        twice in a row; empty if it is unknown or nobody gains by leaving it.
    is_published : mapping of str to bool
        For each concept whose equilibria the file gives, whether they are the same.
    notes : tuple of str
    notice : str
    """

    graph: GraphCase
    equilibria: Mapping[str, tuple[int, ...]]
    efficient: tuple[int, ...]
    ahead: tuple[int, ...]
    is_published: Mapping[str, bool]
    notes: tuple[str, ...]
    notice: str = NOTICE


def stable_states_of(graph: GraphCase) -> GraphBench:
    """Return the equilibria of a graph, and whether they are those that the file gives."""
    found = equilibria(graph.payoffs, graph.moves)
    ahead: tuple[int, ...] = ()
    if graph.status_quo is not None:
        gains = graph.payoffs[:, None, :] > graph.payoffs[:, :, None]
        reached = reachable(graph.moves & gains, range(len(graph.actors)))[graph.status_quo]
        ahead = tuple(np.flatnonzero(reached).tolist())
    return GraphBench(
        graph=graph,
        equilibria=found,
        efficient=tuple(np.flatnonzero(is_efficient(graph.payoffs.T)).tolist()),
        ahead=ahead,
        is_published={c: found[c] == graph.published[c] for c in CONCEPTS if c in graph.published},
        notes=(_ORDER, *(() if graph.status_quo is not None else (_NO_STATUS_QUO,))),
    )


_ORDER = "Payoffs are an order: no sum or product of them means anything."
_NO_STATUS_QUO = (
    "Which state is the status quo is not said (key 'status_quo'), so nothing is said of no deal."
)
