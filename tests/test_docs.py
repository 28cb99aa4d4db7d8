"""The documentation tells the truth, and the house keeps its measures."""

import ast
import importlib
import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from minsksim.scenario.provenance import read_bibliography

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
DOCS = [
    file.relative_to(ROOT).as_posix()
    for file in sorted((ROOT / "docs").rglob("*.md"))
    if not {"_build", "api"} & set(file.parts)
]
PAGES = ["README.md", "CONTRIBUTING.md", "scenarios/README.md", "results/README.md", *DOCS]
RULES_PAGE = ROOT / "docs/reference/rules.md"
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
WORDS_NOT_USED = {"outcome", "outcomes", "player", "players", "deal", "deals"}
WORDS_NOT_USED |= {"luck", "desk", "sheet"}
KEY = re.compile(r"\b[a-z][a-z_]*\d{4}[a-z]?\b")
# Hosts of registries, folders of somebody's machine: neither belongs in a published file.
FORBIDDEN = re.compile(
    r"p[y]pi|npm[j]s|index[-_]ur[l]|find-link[s]|(?<![\w.])/(?:work|root|home)/\w|[A-Z]:\\Users"
)
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".cff", ".ipynb", ".csv", ".json", ".txt", ""}


@cache
def parsed(file: Path) -> ast.Module:
    """Return the syntax tree of a source file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> list[ast.FunctionDef]:
    """Return every function of a file, nested ones and methods included."""
    return [node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef)]


def shown(file: Path) -> str:
    """Return a short name for a test's id."""
    return file.relative_to(ROOT).as_posix()


def code_lines(function: ast.FunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return length
    text = function.body[0]
    return length - ((text.end_lineno or text.lineno) - text.lineno + 1)


RULES = [
    (file, function.name, ast.get_docstring(function) or "")
    for file in SOURCES
    if file.parent.name in ("rules", "theory")
    for function in functions(file)
    if not function.name.startswith("_")
]


@pytest.fixture(scope="session")
def bibliography():
    """Return the works that rules and scenarios may cite."""
    return read_bibliography(ROOT / "scenarios/sources.bib")


@pytest.mark.parametrize(("file", "name", "text"), RULES, ids=[rule[1] for rule in RULES])
def test_rule_states_formula_shape_source_and_example(file, name, text, bibliography):
    where = f"{shown(file)} {name}"
    assert "Formula:" in text, f"{where}: no formula"
    assert "Parameters\n----------" in text, f"{where}: no Parameters"
    assert "Returns\n-------" in text, f"{where}: no Returns"
    assert ">>> " in text, f"{where}: no worked example"
    source = re.search(r"^Source: (.+?)(?:\n\n|\Z)", text, re.DOTALL | re.MULTILINE)
    assert source, f"{where}: no Source"
    cited = set(KEY.findall(source[1]))
    assert cited <= bibliography.keys(), f"{where}: not in sources.bib"
    assert cited or re.match(r"ours[,;:] \w+", source[1]), (
        f"{where}: neither a key nor why it is ours"
    )


def test_table_of_rules_names_every_file_of_rules():
    found = [name for pairs in rows_of_rules().values() for name, _ in pairs]
    named = {name.split(".")[1] for name in found if name.startswith("rules.")}
    files = {file.stem for file, _, _ in RULES if file.parent.name == "rules"}
    assert files - named == {"along_frontier", "arithmetic", "log_product", "protocols"}, (
        "tools of other rules"
    )


@pytest.mark.parametrize("file", SOURCES, ids=shown)
def test_file_keeps_the_measures_of_the_house(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    long = {f.name: code_lines(f) for f in functions(file) if code_lines(f) >= LONGEST_FUNCTION}
    assert not long, f"functions of {LONGEST_FUNCTION} lines or more: {long}"


@pytest.mark.parametrize("file", SOURCES, ids=shown)
def test_one_word_for_one_concept(file):
    names = {node.id for node in ast.walk(parsed(file)) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(parsed(file)) if isinstance(node, ast.arg)}
    names |= {node.attr for node in ast.walk(parsed(file)) if isinstance(node, ast.Attribute)}
    names |= {
        node.name
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    parts = {part.lower() for name in names for part in re.findall(r"[A-Z]?[a-z]+", name)}
    assert not parts & WORDS_NOT_USED, "see docs/reference/words.md"


def test_citation_carries_the_version_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.MULTILINE)[1] == project["version"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_changelog_entry_says_whether_results_change():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all(re.search(r"^Results change: (yes|no)", e, re.MULTILINE) for e in entries)


def rows_of_rules() -> dict[str, list[tuple[str, str]]]:
    """Return (shown, linked) of every function in the tables of rules, by the row's name."""
    text = RULES_PAGE.read_text(encoding="utf-8")
    lines = [line.strip("| ") for line in text.splitlines() if line.startswith("| ")]
    cells = [line.split(" | ") for line in lines if not line.startswith("---")]
    named = re.compile(r"\{py:func\}`((?:rules|theory)\.\w+\.\w+) <([\w.]+)>`")
    return {row[0]: named.findall(row[-1]) for row in cells if row[-1] != "function"}


def test_row_of_rules_names_a_function_that_states_its_formula():
    rows = rows_of_rules()
    assert len(rows) > 25
    assert [name for name, found in rows.items() if not found] == []
    for name, linked in (pair for found in rows.values() for pair in found):
        module, _, function = f"minsksim.{name}".rpartition(".")
        assert linked == f"minsksim.{name}", f"{name} is linked to {linked}"
        text = getattr(importlib.import_module(module), function).__doc__ or ""
        assert "Formula:" in text, f"{name}: no formula"


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    local = [
        link.partition("#")[0]
        for link in re.findall(r"\]\(([^)\s]+)\)", text)
        if not link.startswith(("http", "#", "mailto:", "api/"))  # api/ is made by make docs
    ]
    missing = [link for link in local if not ((ROOT / page).parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("file", NOTEBOOKS, ids=shown)
def test_notebook_is_stripped_and_uses_public_names(file):
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        assert not cell["outputs"], "strip the outputs"
        assert cell["execution_count"] is None, "strip the execution counts"
        source = "".join(cell["source"])
        assert not re.search(r"(from|import) minsksim\.(?!plots)", source), "public names only"


def published_files() -> list[Path]:
    """Return the files that git knows, or all text files where there is no git."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = [name for name in done.stdout.split("\0") if name]
    files = [ROOT / name for name in names] or [*SOURCES, *ROOT.glob("*.*")]
    return [file for file in files if file.suffix in TEXT and file.is_file()]


def test_no_file_names_a_registry_or_a_machine():
    found = [
        f"{shown(file)}: {match[0]}"
        for file in published_files()
        if file != Path(__file__)
        for match in FORBIDDEN.finditer(file.read_text(encoding="utf-8"))
    ]
    assert not found
