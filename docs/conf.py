"""How the documentation is built: ``make docs`` writes it to ``docs/_build``, without a network."""

import re
import unicodedata
from importlib.metadata import version as version_of
from pathlib import Path

from docutils import nodes

from minsksim.scenario.provenance import read_bibliography

project = "minsksim"
author = "the minsksim authors"
copyright = "the minsksim authors, MIT licence"
release = version = version_of("minsksim")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "autoapi.extension",
    "sphinx_click",
]
exclude_patterns = ["_build", "_templates"]
myst_heading_anchors = 3
smartquotes = False  # or --seed gets a dash

html_theme = "furo"
html_title = "minsksim"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["formulas.css"]

# Rules and theory are read from their sources: a page a file, in the order of the file.
PACKAGE = Path(__file__).parents[1] / "src/minsksim"
READ = ("rules", "theory")
BIBLIOGRAPHY = Path(__file__).parents[1] / "scenarios/sources.bib"
WORKS = read_bibliography(BIBLIOGRAPHY)
autoapi_dirs = [str(PACKAGE)]
autoapi_ignore = [
    f"{path}/*" if path.is_dir() else str(path)
    for path in PACKAGE.iterdir()
    if path.name not in (*READ, "__init__.py")
]
autoapi_root = "reference/api"
autoapi_add_toctree_entry = False
autoapi_options = ["members", "undoc-members"]
autoapi_template_dir = "_templates"
# They import what is not read here; the pages show none of it.
suppress_warnings = ["autoapi.python_import_resolution"]

autodoc_typehints = "none"  # the docstrings say it in words
autodoc_member_order = "bysource"
napoleon_use_ivar = True


def set_formulas(app, what, name, obj, options, lines):
    """Show a paragraph that begins with "Formula:" letter by letter, in lines of its own.

    Formulas have bars and stars, which would else be read as markup.
    """
    text = "\n".join(lines)
    for paragraph in re.findall(r"^Formula:.*?(?=\n\n|\Z)", text, re.DOTALL | re.MULTILINE):
        formula = paragraph.removeprefix("Formula:").replace("``", "").strip().splitlines()
        shown = "\n".join(f"   {line.strip()}" for line in formula)
        text = text.replace(paragraph, f"**Formula**\n\n.. code-block:: text\n\n{shown}\n")
    lines[:] = text.split("\n")


def link_works(app, what, name, obj, options, lines):
    """Link every work in a paragraph that begins with "Source:" to its place in the list."""
    inside = False
    for number, line in enumerate(lines):
        inside = line.startswith("Source:") or (inside and bool(line.strip()))
        if inside:
            words = re.split(r"(\w+)", line)
            lines[number] = "".join(
                f":ref:`{word} <{word}>`" if word in WORKS else word for word in words
            )


def list_works(app, docname, source):
    """Write the works under the head of their page, each with a label to link to."""
    if docname != "reference/works":
        return
    app.env.dependencies[docname].add(str(BIBLIOGRAPHY))
    for key, work in sorted(WORKS.items()):
        text = re.sub(r"[{}]", "", f"{work.author}: {work.title} ({work.year}).")
        for sign, accent in (("'", "\u0301"), ('"', "\u0308")):  # accents as LaTeX writes them
            text = re.sub(rf"\\{sign}(\w)", rf"\1{accent}", text)
        source[0] += f"\n({key})=\n**`{key}`**: {unicodedata.normalize('NFC', text)}\n"


def set_dashes(app, doctree):
    """Set the dash between a parameter and its text, which smartquotes would else do."""
    for node in list(doctree.findall(nodes.Text)):
        if node.astext() == " -- ":
            node.parent.replace(node, nodes.Text(" – "))


def leave_out(app, what, name, obj, skip, options):
    """Give pages to rules and theory alone, and none to a name that begins with ``_``."""
    if what in ("package", "module"):
        return not name.startswith(tuple(f"minsksim.{part}" for part in READ))
    return skip


def setup(app):
    """Connect what the extensions leave to us."""
    app.connect("autoapi-skip-member", leave_out)
    app.connect("autodoc-process-docstring", set_formulas, priority=100)
    app.connect("autodoc-process-docstring", link_works, priority=101)
    app.connect("source-read", list_works)
    app.connect("doctree-read", set_dashes)
