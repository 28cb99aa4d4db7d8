"""From a page to a notebook: text, code, and cells for guesses and checks.

A page is Markdown. A fenced ``python`` block becomes a code cell, folded away unless it is headed
``python edit``, which asks to be changed; a line ``[[open]]``, ``[[guess]]``, ``[[check KEY]]`` or
``[[end]]`` becomes the cells that the lab's definition gives. Names between braces in the text are
facts of the lab. Terms are explained where they first occur.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from minsksim.errors import UsageError
from minsksim.lessons import skins
from minsksim.lessons.catalog import page_of
from minsksim.lessons.order import shuffled
from minsksim.lessons.question import told
from minsksim.lessons.terms import Piece, explained
from minsksim.lessons.world import World

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab
    from minsksim.lessons.question import Question

_PIECE = re.compile(
    r"^```python( edit)?\n(.*?)^```\n|^\[\[(\w+)(?: (\w+))?\]\]\n", re.MULTILINE | re.DOTALL
)
_IMPORTS = {"plt": "matplotlib.pyplot", "np": "numpy", "pd": "pandas"}
_NOT_TYPED = '"..."'
"""Between quotes, so that whatever is typed there is text and cannot fail as Python."""
_FOLDED = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
"""JupyterLab and Notebook 7 fold by the first, books made of notebooks by the second."""


def write_notebook(lab: Lab, skin: str = skins.FICTIONAL, seed: int = 0) -> str:
    """Return the notebook of a lab as JSON text, without outputs.

    Parameters
    ----------
    lab : Lab
        As its page has it.
    skin : {"fictional", "named"}
    seed : int
        In whose order the options of a question stand; the notebook opens the lab with it.

    Returns
    -------
    str
        The content of an ``.ipynb`` file, format 4.5.
    """
    skin = lab.in_skin(skin)
    pieces = explained(_pieces(shuffled(lab, seed), World(skin, lab.cases, lab.seed), seed))
    notebook = {
        "cells": [_cell(number, piece, skin) for number, piece in enumerate(pieces)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def code_of(lab: Lab, skin: str = skins.FICTIONAL, seed: int = 0) -> list[str]:
    """Return the code cells of a lab's notebook."""
    cells = json.loads(write_notebook(lab, skin, seed))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _pieces(lab: Lab, world: World, seed: int) -> Iterator[Piece]:
    page, last = page_of(lab), 0
    for found in _PIECE.finditer(page):
        yield from _text(lab, world, page[last : found.start()])
        last = found.end()
        edit, code, directive, key = found.groups()
        if code is not None:
            yield Piece("code", code, is_folded=edit is None)
        elif directive == "open":
            yield Piece("code", _opening(lab, world, seed))
        else:
            yield from _directed(lab, world, directive, key)
    yield from _text(lab, world, page[last:])


def _text(lab: Lab, world: World, text: str) -> Iterator[Piece]:
    # a cell for each heading, so that terms are explained near where they occur
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        if part.strip():
            yield Piece("markdown", told(part, lab.facts, world))


def _opening(lab: Lab, world: World, seed: int) -> str:
    page = page_of(lab)
    used = [f"import {home} as {name}\n" for name, home in _IMPORTS.items() if f"{name}." in page]
    imports = "".join([*used, "\n" if used else "", "import minsksim as mk\n\n"])
    named = "" if world.skin == skins.FICTIONAL else f', skin="{world.skin}"'
    ordered = f", seed={seed}" if seed else ""
    return f'{imports}lab = mk.lab("{lab.name}"{named}{ordered})'


def _directed(lab: Lab, world: World, directive: str, key: str | None) -> Iterator[Piece]:
    if directive == "guess":
        for question in lab.guessed:
            yield Piece("markdown", _asked(question, world), _said(question))
            yield Piece("code", f'lab.predict("{question.key}", {_NOT_TYPED})')
    elif directive == "check":
        question = next(one for one in lab.questions if one.key == key)
        asked = _asked(question, world)
        text = f"Check **{key}**, now from what you saw." if question.is_guessed else asked
        yield Piece("markdown", text, _said(question))
        yield Piece("code", f'lab.check("{key}", {_NOT_TYPED})')
    elif directive == "end":
        yield Piece("markdown", "## What must hold whatever the numbers are")
        yield Piece("code", "if lab.start():\n    lab.invariants()", is_folded=True)
        yield Piece("markdown", f"## What the model cannot answer\n\n{lab.limit}")
        yield Piece("code", "lab.progress()\nlab.footer()", is_folded=True)
    else:
        raise UsageError(f"{lab.name}.md: [[{directive}]] is not known.")


def _said(question: Question) -> str:
    """Return all that an answer to a question may say."""
    errors = [(one.name, one.feedback, one.before) for one in question.misconceptions]
    return "\n".join((question.hint, question.because, *(part for one in errors for part in one)))


def _asked(question: Question, world: World) -> str:
    lines = [f"**{question.key}.** {told(question.text, question.facts, world)}"]
    if question.options:
        pairs = zip(question.letters, question.options, strict=True)
        lines += ["", *(f"- {letter}: {option}" for letter, option in pairs)]
    form = question.kind.value + (f" ({question.unit})" if question.unit else "")
    return "\n".join([*lines, "", f"*Type between the quotes: {form}.*"])


def _cell(number: int, piece: Piece, skin: str) -> dict[str, Any]:
    source = piece.source.strip("\n")
    lines = (source if skin == skins.FICTIONAL else skins.real_names(source)).splitlines(
        keepends=True
    )
    metadata = _FOLDED if piece.is_folded else {}
    cell: dict[str, Any] = {
        "cell_type": piece.kind,
        "id": f"cell-{number:02}",
        "metadata": metadata,
    }
    cell["source"] = lines
    if piece.kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return dict(sorted(cell.items()))  # the order in which tools write it back
