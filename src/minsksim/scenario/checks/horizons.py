"""Horizons: a date up to which actors look lies ahead of them at the start."""

from __future__ import annotations

import datetime as dt

from ..places import Faults, Keys
from ..schema import Document


def check_horizons(document: Document, faults: Faults) -> None:
    """Check the horizon of the scenario and those of single actors."""
    places: dict[Keys, object] = {("horizon",): document.horizon}
    for name, actor in document.actors.items():
        places[("actors", name, "horizon")] = actor.horizon
    for path, horizon in places.items():
        if isinstance(horizon, dt.date) and horizon < document.calendar.start:
            faults.add(
                path,
                f"{horizon} is before the calendar begins ({document.calendar.start}), so nobody "
                "could look ahead to it. Write a later date, or a number of turns.",
            )
