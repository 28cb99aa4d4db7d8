"""How the documentation is built: ``make docs`` writes it to ``docs/_build``, without a network."""

import re
from importlib.metadata import version as version_of
from pathlib import Path

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

html_theme = "furo"
html_title = "minsksim"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["formulas.css"]

# Rules and theory are read from their sources: a page a file, in the order of the file.
PACKAGE = Path(__file__).parents[1] / "src/minsksim"
READ = ("rules", "theory")
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


def leave_out(app, what, name, obj, skip, options):
    """Give pages to rules and theory alone, and none to a name that begins with ``_``."""
    if what in ("package", "module"):
        return not name.startswith(tuple(f"minsksim.{part}" for part in READ))
    return skip


def setup(app):
    """Connect what the extensions leave to us."""
    app.connect("autoapi-skip-member", leave_out)
    app.connect("autodoc-process-docstring", set_formulas, priority=100)
