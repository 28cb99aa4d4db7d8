"""Figures of scenarios, runs and results, in one house style.

Every function returns a matplotlib ``Figure`` and changes nothing it is given. Every figure has its
finding as title, shows its spread (or says that it is one set of draws) and carries the notice of
norm N3.
"""

from __future__ import annotations

from minsksim.plots.agreements import agreements
from minsksim.plots.catalogue import draw
from minsksim.plots.differences import differences
from minsksim.plots.fonts import MissingLetters
from minsksim.plots.measures import measures
from minsksim.plots.network import network
from minsksim.plots.packages import packages
from minsksim.plots.parameters import parameters
from minsksim.plots.protocols import protocols
from minsksim.plots.record import record
from minsksim.plots.render import image, png
from minsksim.plots.save import save, save_all, save_figures
from minsksim.plots.terms import terms
from minsksim.plots.tornado import tornado
from minsksim.plots.trajectories import trajectories
from minsksim.plots.utility import utility

__all__ = [
    "MissingLetters",
    "agreements",
    "differences",
    "draw",
    "image",
    "measures",
    "network",
    "packages",
    "parameters",
    "png",
    "protocols",
    "record",
    "save",
    "save_all",
    "save_figures",
    "terms",
    "tornado",
    "trajectories",
    "utility",
]
