"""What only the whole document can show: names that exist, units, sources, honest ranges."""

from __future__ import annotations

from collections.abc import Mapping

from ..places import Faults
from ..provenance import Entry
from ..schema import Document
from .answers import check_answers
from .beliefs import check_beliefs
from .channels import check_channels
from .events import check_events
from .groups import check_group_lists, check_groups
from .horizons import check_horizons
from .interests import check_interests
from .levers import check_actors, check_levers
from .lumps import check_lumps
from .markets import check_markets
from .meetings import check_meetings
from .numbers import check_numbers
from .people import check_people
from .reports import check_measures, check_observations
from .sources import check_sources
from .stocks import check_stocks
from .threats import check_threats
from .what_if import check_what_if


def check_document(document: Document, bibliography: Mapping[str, Entry], faults: Faults) -> None:
    """Add a fault for everything that does not fit together."""
    check_sources(document, bibliography, faults)
    check_actors(document, faults)
    check_horizons(document, faults)
    check_levers(document, faults)
    are_sound = check_group_lists(document, faults)
    check_stocks(document, faults, are_counted=are_sound)
    if are_sound:
        check_groups(document, faults)
    check_interests(document, faults)
    check_channels(document, faults)
    check_markets(document, faults)
    check_meetings(document, faults)
    check_events(document, faults)
    check_answers(document, faults)
    check_threats(document, faults)
    check_beliefs(document, faults)
    check_lumps(document, faults)
    check_measures(document, faults)
    check_observations(document, faults)
    check_what_if(document, faults)
    check_numbers(document, faults)
    # Units are known only where every reference names something: so this comes last.
    if not faults.found:
        check_people(document, faults)
