"""The key ``horizon``: how far ahead an actor counts what a move brings."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError


def _take(value: Any, inner: ValidatorFunctionWrapHandler) -> Any:
    """Read a horizon; tell what is wrong with it once, not once for each form it could have."""
    try:  # a date comes as text, which a strict reader would not take for one
        return inner(dt.date.fromisoformat(value) if isinstance(value, str) else value)
    except ValueError as error:
        raise PydanticCustomError(
            "horizon",
            "must be a whole number of turns from 1 to 520, or a date. Write it as 12 or as "
            "2026-11-03.",
        ) from error


Horizon = Annotated[Annotated[int, Field(ge=1, le=520)] | dt.date, WrapValidator(_take)]
"""Turns that are counted, the present one included; or the last day that is counted, as that of an
election."""
