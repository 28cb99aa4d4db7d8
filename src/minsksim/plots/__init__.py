"""Figures of scenarios, runs and results, in one house style.

Every function returns a matplotlib ``Figure`` and changes nothing it is given. Every figure
shows its spread (or says that it is one set of draws) and carries the notice of norm N3.
"""

from __future__ import annotations

from minsksim.plots.agreements import agreements, packages
from minsksim.plots.network import network
from minsksim.plots.parameters import parameters
from minsksim.plots.save import save, save_all
from minsksim.plots.style import png
from minsksim.plots.terms import terms
from minsksim.plots.tornado import tornado
from minsksim.plots.trajectories import record, trajectories
from minsksim.plots.utility import utility
from minsksim.plots.variants import differences, protocols, variants

__all__ = [
    "agreements",
    "differences",
    "network",
    "packages",
    "parameters",
    "png",
    "protocols",
    "record",
    "save",
    "save_all",
    "terms",
    "tornado",
    "trajectories",
    "utility",
    "variants",
]
