"""The public names, what importing costs, and cycles; the layers are import-linter's."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Container
from pathlib import Path

import networkx as nx
import pytest

import minsksim

PUBLIC = [
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
HEAVY = {
    "matplotlib",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pybtex",
    "pydantic",
    "ruamel",
    "scipy",
}
CLOCK = """
import json, sys, time
start = time.process_time()
from click.testing import CliRunner
from minsksim.cli import main
result = CliRunner().invoke(main, ["--help"])
seconds = time.process_time() - start
print(json.dumps([result.exit_code, seconds, sorted({m.partition(".")[0] for m in sys.modules})]))
"""


def in_fresh_python(code: str) -> str:
    """Return what ``code`` prints in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    return done.stdout


def test_public_names_are_pinned():
    assert sorted(minsksim.__all__) == sorted(PUBLIC)
    assert sorted(dir(minsksim)) == sorted([*PUBLIC, "__version__"])


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_resolves_and_is_documented(name):
    value = getattr(minsksim, name)
    assert isinstance(value, str) or value.__doc__, f"{name} has no docstring"


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = minsksim.nothing


def test_importing_the_package_loads_nothing_heavy():
    code = "import json, sys, minsksim; print(json.dumps(sorted(sys.modules)))"
    loaded = {module.partition(".")[0] for module in json.loads(in_fresh_python(code))}
    assert not loaded & (HEAVY | {"click", "rich"})


def test_help_loads_nothing_heavy_and_is_quick():
    runs = [json.loads(in_fresh_python(CLOCK)) for _ in range(3)]
    assert {code for code, _, _ in runs} == {0}
    assert not set(runs[0][2]) & HEAVY
    assert min(seconds for _, seconds, _ in runs) < 0.3


def test_no_two_modules_import_each_other(root):
    graph = import_graph(root / "src")
    cycles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert not cycles, f"import cycles: {cycles}"


def test_rules_is_what_a_run_calls_and_theory_what_no_run_calls(root):
    """By the imports of both forms of a run: all of one folder, and nothing of the other."""
    graph = import_graph(root / "src")
    reached = {"minsksim.model", "minsksim.engine.single_run"}
    for form in list(reached):
        reached |= nx.descendants(graph, form)
    rules = {name for name in graph if name.startswith("minsksim.rules.")}
    assert rules - reached == set()
    assert [name for name in reached if name.startswith("minsksim.theory")] == []
    theory = {name for name in graph if name.startswith("minsksim.theory.")}
    assert len(theory) > 30
    for name in theory:
        assert not any(of.startswith("minsksim.engine") for of in nx.descendants(graph, name)), name


def import_graph(source: Path) -> "nx.DiGraph[str]":
    """Return who imports whom at module level, type-checking blocks left out."""
    files = {module_name(file, source): file for file in source.rglob("*.py")}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for module, file in files.items():
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            graph.add_edges_from(
                (module, target)
                for target in targets(node, package, files.keys())
                if target != module
            )
    return graph


def module_name(file: Path, source: Path) -> str:
    """Return the dotted name of a source file."""
    parts = file.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def targets(node: ast.stmt, package: str, known: Container[str]) -> list[str]:
    """Return the modules of ours that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name in known]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    home = ".".join([*above, *([node.module] if node.module else [])])
    found = [
        f"{home}.{alias.name}" if f"{home}.{alias.name}" in known else home for alias in node.names
    ]
    return [module for module in found if module in known]


def test_rules_are_public_and_imported_one_by_one():
    assert minsksim.rules.cournot.Seller(1.0).cost == 1.0
    assert "brokerage" in dir(minsksim.rules)
    assert "linkage" in dir(minsksim.theory)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = minsksim.rules.nothing
    code = (
        "import json, sys, minsksim; minsksim.rules.leakage; "
        "print(json.dumps([name for name in sys.modules if name.startswith('minsksim.rules')]))"
    )
    assert set(json.loads(in_fresh_python(code))) == {"minsksim.rules", "minsksim.rules.leakage"}
