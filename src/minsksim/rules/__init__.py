"""The theory, one idea a file: pure functions of plain numbers, arrays and one random number.

Rules know nothing of scenarios, actors or files. The Mesa model calls them as they are and the
batch kernel calls them compiled, so each political idea is written exactly once.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

_NAMES = frozenset(module.name for module in iter_modules(__path__))


def __getattr__(name: str) -> ModuleType:
    """Import a rule's file on first use, so that ``minsksim.rules.cournot`` needs no import."""
    if name not in _NAMES:
        raise AttributeError(f"module 'minsksim.rules' has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(_NAMES)
