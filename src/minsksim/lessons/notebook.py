"""From a page to a notebook: text, code, and cells for guesses and checks.

A page is Markdown. A fenced ``python`` block becomes a code cell; a line ``[[open]]``,
``[[guess]]``, ``[[check KEY]]`` or ``[[end]]`` becomes the cells that the lab's definition gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from minsksim.errors import UsageError
from minsksim.lessons import skins
from minsksim.lessons.catalog import page_of

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab
    from minsksim.lessons.question import Question

_PIECE = re.compile(
    r"^```python\n(.*?)^```\n|^\[\[(\w+)(?: (\w+))?\]\]\n", re.MULTILINE | re.DOTALL
)
_IMPORTS = {"plt": "matplotlib.pyplot", "np": "numpy", "pd": "pandas"}
Cell = tuple[str, str]


def write_notebook(lab: Lab, skin: str = skins.FICTIONAL) -> str:
    """Return the notebook of a lab as JSON text, without outputs.

    Parameters
    ----------
    lab : Lab
    skin : {"fictional", "named"}

    Returns
    -------
    str
        The content of an ``.ipynb`` file, format 4.5.
    """
    cells = [
        _cell(number, kind, _spelt(source.strip("\n"), skin))
        for number, (kind, source) in enumerate(_cells(lab, skin))
    ]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def code_of(lab: Lab, skin: str = skins.FICTIONAL) -> list[str]:
    """Return the code cells of a lab's notebook."""
    cells = json.loads(write_notebook(lab, skin))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _cells(lab: Lab, skin: str) -> Iterator[Cell]:
    page, last = page_of(lab), 0
    for piece in _PIECE.finditer(page):
        yield from _text(page[last : piece.start()])
        last = piece.end()
        code, directive, key = piece.groups()
        if code is not None:
            yield "code", code
        else:
            yield from _directed(lab, skin, directive, key)
    yield from _text(page[last:])


def _text(text: str) -> Iterator[Cell]:
    if text.strip():
        yield "markdown", text


def _directed(lab: Lab, skin: str, directive: str, key: str | None) -> Iterator[Cell]:
    if directive == "open":
        named = "" if skin == skins.FICTIONAL else f', skin="{skin}"'
        page = page_of(lab)
        used = [
            f"import {home} as {name}\n" for name, home in _IMPORTS.items() if f"{name}." in page
        ]
        imports = "".join([*used, "\n" if used else "", "import minsksim as mk\n\n"])
        yield "code", f'{imports}lab = mk.lab("{lab.name}"{named})'
    elif directive == "guess":
        for question in lab.guessed:
            yield "markdown", _asked(question)
            yield "code", f'lab.predict("{question.key}", ...)'
    elif directive == "check":
        question = next(one for one in lab.questions if one.key == key)
        text = (
            f"Check **{key}**, now from what you saw." if question.is_guessed else _asked(question)
        )
        yield "markdown", text
        yield "code", f'lab.check("{key}", ...)'
    elif directive == "end":
        yield "markdown", "## What must hold whatever the numbers are"
        yield "code", "if lab.start():\n    lab.invariants()"
        yield "markdown", f"## What the model cannot answer\n\n{lab.limit}"
        yield "code", "lab.progress()\nlab.footer()"
    else:
        raise UsageError(f"{lab.name}.md: [[{directive}]] is not known.")


def _asked(question: Question) -> str:
    lines = [f"**{question.key}.** {question.text}"]
    if question.options:
        pairs = zip(question.letters, question.options, strict=True)
        lines += ["", *(f"- {letter}: {option}" for letter, option in pairs)]
    form = question.kind.value + (f" ({question.unit})" if question.unit else "")
    return "\n".join([*lines, "", f"*Answer: {form}.*"])


def _spelt(text: str, skin: str) -> str:
    return text if skin == skins.FICTIONAL else skins.real_names(text)


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number:02}", "metadata": {}}
    cell["source"] = lines
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return dict(sorted(cell.items()))  # the order in which tools write it back
