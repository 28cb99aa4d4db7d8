"""The price of a channel: what actors gain who can only work together along open channels."""

from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np

from minsksim.domains.arguments import FUNCTION, list_of, pair, whole
from minsksim.domains.checked import checked
from minsksim.errors import UsageError
from minsksim.theory.shapley import MOST_ACTORS, Worth, shapley_value

Links = Iterable[tuple[int, int]]


LINKS = list_of(pair(whole()))


@checked(actors=whole(1, MOST_ACTORS), links=LINKS, worth=FUNCTION)
def myerson_value(actors: int, links: Links, worth: Worth) -> np.ndarray:
    """Return each actor's gain when only those whom channels connect can work together.

    Formula: Shapley value of v_g(S) = sum over the parts C into which the links within S divide
    S of v(C).

    Parameters
    ----------
    actors : int
        A, from 1 to 16.
    links : iterable of (int, int)
        g, pairs of actors, numbered from 0, with an open channel.
    worth : callable
        v, takes a frozenset of connected actors, gives utils.

    Returns
    -------
    ndarray, shape (A,)
        Utils; each connected part shares what it is worth.

    Raises
    ------
    UsageError
        If a link names an unknown actor or leads to its own start, or actors are too many.

    Notes
    -----
    Source: myerson1977, the only fair rule that wastes nothing: cutting a link costs both its
    ends the same.

    Examples
    --------
    Two principals, 0 and 2, gain 1 if they are connected, and the path leads through broker 1:

    >>> agree = lambda together: float({0, 2} <= together)
    >>> myerson_value(3, [(0, 1), (1, 2)], agree).round(6).tolist()
    [0.333333, 0.333333, 0.333333]

    A direct line leaves the broker nothing:

    >>> myerson_value(3, [(0, 1), (1, 2), (0, 2)], agree).tolist()
    [0.5, 0.0, 0.5]
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(actors))
    for one, other in links:
        if one == other or not {one, other} <= set(range(actors)):
            raise UsageError(
                f"Link {(one, other)} must join two different actors from 0 to {actors - 1}."
            )
        graph.add_edge(one, other)

    def _restricted(together: frozenset[int]) -> float:
        parts = nx.connected_components(graph.subgraph(together))
        return sum((worth(frozenset(part)) for part in parts), 0.0)

    return shapley_value(actors, _restricted)


@checked(actors=whole(1, MOST_ACTORS), links=LINKS, worth=FUNCTION, broker=whole(), rival=LINKS)
def worth_of_exclusivity(
    actors: int, links: Sequence[tuple[int, int]], worth: Worth, broker: int, rival: Links
) -> float:
    """Return what a broker loses when other channels open: the price of being the only way.

    Formula: m_i(g) - m_i(g with h), the fall in the broker's Myerson value.

    Parameters
    ----------
    actors : int
        A, from 1 to 16.
    links : sequence of (int, int)
        g, the channels open now.
    worth : callable
        v, takes a frozenset of connected actors, gives utils.
    broker : int
        i, whose loss is asked for.
    rival : iterable of (int, int)
        h, channels that may open.

    Returns
    -------
    float
        Utils; the most that the broker would spend to keep the others shut.

    Raises
    ------
    UsageError
        If the broker or a link is not among the actors.

    Notes
    -----
    Source: myerson1977, the value; its fall as a price is ours.

    Examples
    --------
    >>> agree = lambda together: float({0, 2} <= together)
    >>> round(worth_of_exclusivity(3, [(0, 1), (1, 2)], agree, 1, [(0, 2)]), 6)
    0.333333
    """
    if not 0 <= broker < actors:
        raise UsageError(f"Broker {broker} is not one of the actors 0 to {actors - 1}.")
    alone = myerson_value(actors, links, worth)
    rivalled = myerson_value(actors, [*links, *rival], worth)
    return float(alone[broker] - rivalled[broker])
