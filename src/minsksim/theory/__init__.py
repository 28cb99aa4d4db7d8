"""What no run calls: closed forms and rival models that ``verify``, ``bench`` and the labs call.

Plain Python, one idea a file. What a run calls is in ``rules``.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

_NAMES = frozenset(module.name for module in iter_modules(__path__))


def __getattr__(name: str) -> ModuleType:
    """Import a model's file on first use, so that ``minsksim.theory.claims`` needs no import."""
    if name not in _NAMES:
        raise AttributeError(f"module 'minsksim.theory' has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(_NAMES)
