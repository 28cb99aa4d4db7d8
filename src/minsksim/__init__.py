"""Transactional diplomacy as a model: who trades which lever with whom, and who pays outside.

Everything in ``__all__`` is public. The names are fetched on first use, so ``import minsksim``
compiles nothing and loads no table or plotting library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsksim import plots, rules, theory
    from minsksim.actor import Actor
    from minsksim.analysis.compare import Comparison, compare
    from minsksim.analysis.compare_results import compare_results
    from minsksim.analysis.protocols import ProtocolComparison, compare_protocols
    from minsksim.analysis.remarks import remarks
    from minsksim.analysis.rivals.bench import Bench, bench
    from minsksim.analysis.rivals.graph_model import GraphBench
    from minsksim.analysis.rivals.negotiation import NegotiationBench
    from minsksim.analysis.rivals.opening import load_case
    from minsksim.analysis.sensitivity import Sensitivity, sensitivity
    from minsksim.analysis.spreads import Spreads, spreads
    from minsksim.engine.arrays.compile import compile_scenario
    from minsksim.engine.batch import simulate
    from minsksim.engine.record.graphs import channel_graph, influence_graph
    from minsksim.engine.record.run import Agreement, Move, Run
    from minsksim.engine.single_run import run_scenario
    from minsksim.errors import (
        MinsksimError,
        ProvenanceError,
        ResultBusy,
        ResultDamaged,
        ResultError,
        RunError,
        ScenarioError,
        StorageError,
        UsageError,
        VerificationError,
    )
    from minsksim.experiment import Result, Vary, load_result, sweep
    from minsksim.lessons.catalog import lab
    from minsksim.model import Model
    from minsksim.notice import NOTICE
    from minsksim.scenario import Scenario, list_scenarios, load_scenario, suppose
    from minsksim.scenario.case import Case
    from minsksim.scenario.remarks import Remark
    from minsksim.verify.catalog import all_oracles, find_oracles
    from minsksim.verify.oracle import Finding, Oracle, examine

    __version__: str

_HOMES = {
    "minsksim.actor": ("Actor",),
    "minsksim.analysis.compare": ("Comparison", "compare"),
    "minsksim.analysis.compare_results": ("compare_results",),
    "minsksim.analysis.protocols": ("ProtocolComparison", "compare_protocols"),
    "minsksim.analysis.rivals.bench": ("Bench", "bench"),
    "minsksim.analysis.rivals.graph_model": ("GraphBench",),
    "minsksim.analysis.rivals.negotiation": ("NegotiationBench",),
    "minsksim.analysis.rivals.opening": ("load_case",),
    "minsksim.analysis.remarks": ("remarks",),
    "minsksim.analysis.sensitivity": ("Sensitivity", "sensitivity"),
    "minsksim.analysis.spreads": ("Spreads", "spreads"),
    "minsksim.engine.batch": ("simulate",),
    "minsksim.engine.arrays.compile": ("compile_scenario",),
    "minsksim.engine.record.graphs": ("channel_graph", "influence_graph"),
    "minsksim.engine.record.run": ("Agreement", "Move", "Run"),
    "minsksim.engine.single_run": ("run_scenario",),
    "minsksim.errors": (
        "MinsksimError",
        "ProvenanceError",
        "ResultBusy",
        "ResultDamaged",
        "ResultError",
        "RunError",
        "ScenarioError",
        "StorageError",
        "UsageError",
        "VerificationError",
    ),
    "minsksim.experiment": ("Result", "Vary", "load_result", "sweep"),
    "minsksim.lessons.catalog": ("lab",),
    "minsksim.model": ("Model",),
    "minsksim.notice": ("NOTICE",),
    "minsksim.scenario": ("Scenario", "list_scenarios", "load_scenario", "suppose"),
    "minsksim.scenario.case": ("Case",),
    "minsksim.scenario.remarks": ("Remark",),
    "minsksim.verify.catalog": ("all_oracles", "find_oracles"),
    "minsksim.verify.oracle": ("Finding", "Oracle", "examine"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "NOTICE",
    "Actor",
    "Agreement",
    "Bench",
    "Case",
    "Comparison",
    "Finding",
    "GraphBench",
    "MinsksimError",
    "Model",
    "Move",
    "NegotiationBench",
    "Oracle",
    "ProtocolComparison",
    "ProvenanceError",
    "Remark",
    "Result",
    "ResultBusy",
    "ResultDamaged",
    "ResultError",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "Spreads",
    "StorageError",
    "UsageError",
    "Vary",
    "VerificationError",
    "all_oracles",
    "bench",
    "channel_graph",
    "compare",
    "compare_protocols",
    "compare_results",
    "compile_scenario",
    "examine",
    "find_oracles",
    "influence_graph",
    "lab",
    "list_scenarios",
    "load_case",
    "load_result",
    "load_scenario",
    "plots",
    "remarks",
    "rules",
    "run_scenario",
    "sensitivity",
    "simulate",
    "spreads",
    "suppose",
    "sweep",
    "theory",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("minsksim")
    if name in ("plots", "rules", "theory"):
        return import_module(f"minsksim.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'minsksim' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
