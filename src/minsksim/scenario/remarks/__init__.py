"""Remarks: what is no error in a scenario, and not what its author may think it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .convex import convex_gains
from .products import mechanical_ranges, products
from .remark import Remark as Remark
from .shifts import shifts_without_effect
from .spent import meetings_out_of_reach
from .still import still_levers
from .unread import unread_quantities, unweighed_interests

if TYPE_CHECKING:
    from ..load import Scenario


def remarks_on(scenario: Scenario) -> tuple[Remark, ...]:
    """Return what in a scenario is not what it seems to be, from the file alone.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    tuple of Remark
        Levers that cannot move, channels that can never afford a meeting, quantities that nothing
        reads, interests that no utility counts, shifts that change nothing, gains that grow
        faster and faster, numbers that matter only together, mechanical ranges; in this order.

    Examples
    --------
    >>> from minsksim.scenario import load_scenario
    >>> [remark.says for remark in remarks_on(load_scenario("split_the_pie"))]
    []
    """
    document = scenario.document
    return (
        *still_levers(document),
        *meetings_out_of_reach(document),
        *unread_quantities(document),
        *unweighed_interests(document),
        *shifts_without_effect(document),
        *convex_gains(document),
        *products(document),
        *mechanical_ranges(scenario.numbers),
    )
