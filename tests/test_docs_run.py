"""What the documentation shows is what the program does: commands, outputs, examples, the picture.

Pages follow four conventions. A command stands in a block ``sh``, or in a line between backticks. A
block ``console`` holds commands after ``$`` with what they print, where ``...`` leaves out lines. A
block ``python`` with ``>>>`` is an example that runs, after those before it on its page. Names in
capitals, ``points.csv`` and ``my_case`` stand for something of the reader's own.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from test_docs import DOCS, PAGES

import minsksim
from minsksim import errors, load_scenario
from minsksim.analysis.rivals.opening import load_case
from minsksim.cli import main
from minsksim.engine.schedule import PHASES
from minsksim.experiment.question.samplers import KINDS

ROOT = Path(__file__).resolve().parents[1]
OWN = re.compile(r"[A-Z]+(?![a-z])|.*\b(NAME|FILE|my_case|points)\b")
"""What a reader is to put something else for."""

SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"(?<!`)`(minsksim [^`]+)`(?!`)")


def text_of(page: str) -> str:
    """Return a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def commands_in(text: str) -> list[str]:
    """Return every command that a page shows, also one inside a list or a sentence."""
    blocks = [re.sub(r"\\\n\s*", "", block) for block in SHELL.findall(text)]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines += [
        line[2:]
        for block in CONSOLE.findall(text)
        for line in block.splitlines()
        if line[:2] == "$ "
    ]
    lines += [" ".join(one.split()) for one in INLINE.findall(text)]
    return [line.partition(" #")[0].strip() for line in lines]


def parse(line: str) -> tuple[click.Command, dict[str, object]]:
    """Let click read a command to its last word, without running it."""
    words, command, context = shlex.split(line)[1:], main, None
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        assert name in command.commands, f"no command {name}: {line}"
        command = command.commands[name]
    if words and words[-1] not in ("--help", "--version"):
        context = command.make_context("minsksim", list(words))
    return command, context.params if context else {}


def named_in(command: click.Command, given: dict[str, object]) -> Iterator[str]:
    """Yield the scenarios and cases that a command names, the variants with their base."""
    base = str(given.get("reference", ""))
    if command.name in ("run", "show", "sources", "compare", "bench") and base:
        yield base
    for name in given.get("references", ()) if command.name in ("sweep", "check") else ():
        yield str(name)
    for name in given.get("variants", ()):
        yield str(name) if "/" in str(name) else f"{base}/{name}"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_can_be_typed(page):
    makefile = text_of("Makefile")
    for line in commands_in(text_of(page)):
        program, _, rest = line.partition(" ")
        if program == "make":
            assert re.search(rf"^{rest.split()[0]}:", makefile, re.MULTILINE), f"{page}: {line}"
        if program != "minsksim" or OWN.fullmatch(rest) or "SLURM" in line:
            continue
        try:
            command, given = parse(line)
        except click.UsageError as error:
            pytest.fail(f"{page}: {line}: {error.format_message()}")
        for name in named_in(command, given):
            if not OWN.match(name):
                (load_case if command.name == "bench" else load_scenario)(name)


def test_every_target_of_make_stands():
    """A target that is listed and has no rule would be done at once, and do nothing."""
    makefile = text_of("Makefile").replace("\\\n", " ")
    listed = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    assert len(listed) > 15
    assert [name for name in listed if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "line",
    [
        "minsksim swep minsk",
        "minsksim sweep minsk --desing sobol",
        "minsksim run minsk --set patience",
        "minsksim compare minsk --runs many",
    ],
)
def test_a_command_that_cannot_be_typed_is_seen(line):
    with pytest.raises((click.UsageError, AssertionError)):
        parse(line)


def test_pages_show_commands_wherever_a_reader_looks():
    """The patterns above find what they are for."""
    for page in ("README.md", "docs/tutorial/first_run.md", "docs/how-to/sweeps.md"):
        assert len(commands_in(text_of(page))) > 3


# Outputs.


def sessions(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of the blocks ``console`` with the lines that are shown of its answer."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def first_difference(shown: list[str], printed: list[str]) -> str | None:
    """Return the first line shown that is not printed in its place; ``...`` skips any lines."""
    place, may_skip = 0, False
    for line in shown:
        if line == "...":
            may_skip = True
            continue
        if may_skip:
            while place < len(printed) and printed[place] != line:
                place += 1
        if place >= len(printed) or printed[place] != line:
            return line
        place, may_skip = place + 1, False
    return None


WITH_OUTPUT = [page for page in DOCS if CONSOLE.search(text_of(page))]


@pytest.mark.parametrize("page", WITH_OUTPUT)
def test_what_a_page_shows_is_what_the_program_prints(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copytree(ROOT / "tests/data/pair", tmp_path / "my_case")
    for line, shown in sessions(text_of(page)):
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}: {done.output}"
        printed = [one.rstrip() for one in done.stdout.splitlines()]
        assert first_difference(shown, printed) is None, f"{page}: {line}"


def test_a_wrong_output_is_seen():
    printed = ["a", "b", "c", "d"]
    assert first_difference(["a", "...", "d"], printed) is None
    assert first_difference(["...", "c"], printed) is None
    assert first_difference(["b"], printed) == "b"
    assert first_difference(["a", "c"], printed) == "c"
    assert first_difference(["...", "d", "...", "a"], printed) == "a"


# Examples.

EXAMPLES = [page for page in DOCS if re.search(r"```python\n>>> ", text_of(page))]


@pytest.mark.parametrize("page", EXAMPLES)
def test_examples_of_a_page_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"```python\n(>>> .*?)```", text_of(page), re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(code, {}, page, page, 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    runner.run(examples, out=report.append)
    assert examples.examples
    assert not runner.failures, "".join(report)


def sections_of(text: str) -> dict[str, str]:
    """Return the sections below the third and fourth level by their heading."""
    parts = re.split(r"^#{3,4} `(.+)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_public_name_is_described_and_has_an_example():
    sections = sections_of(text_of("docs/reference/python.md"))
    names = {*minsksim.__all__, *(f"plots.{name}" for name in minsksim.plots.__all__)} - {"plots"}
    assert names <= sections.keys(), f"not in the page: {sorted(names - sections.keys())}"
    for name in names:
        has_example = ">>> " in sections[name] and name.split(".")[-1] in sections[name]
        assert has_example, f"{name} has no example"


# Tables that follow the code.


def rows_of(page: str, head: str) -> list[list[str]]:
    """Return the rows of the table with this head."""
    table = text_of(page).partition(f"| {head} |")[2].partition("\n\n")[0]
    return [
        [cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]
    ]


def test_the_table_of_phases_is_the_schedule():
    rows = rows_of("docs/discussion/model.md", "phase | what happens")
    assert rows == [[phase.name, phase.says] for phase in PHASES]


def test_the_table_of_designs_names_every_design():
    rows = rows_of("docs/how-to/sweeps.md", "design | what it does | good for")
    assert {name for row in rows for name in row[0].replace("`", "").split(", ")} == set(KINDS)


def test_the_table_of_exit_codes_has_those_of_the_errors():
    rows = rows_of("docs/reference/commands.md", "exit code | means")
    codes = {code for row in rows for code in row[0].split(", ")}
    used = {one.exit_code for one in vars(errors).values() if hasattr(one, "exit_code")}
    assert {str(code) for code in used} <= codes


# The README.


def test_the_readme_is_short_and_answers_eight_questions():
    text = text_of("README.md")
    assert len(text.splitlines()) <= 120
    rows = rows_of("README.md", "question | command")
    assert len(rows) == 8
    assert all(row[0].endswith("?") and row[1].startswith("minsksim ") for row in rows)
    tried = text.partition("## Try it")[2].partition("\n## ")[0]
    assert len([line for line in commands_in(tried) if line.startswith("minsksim ")]) == 2


def test_every_kind_of_page_is_found_from_the_readme():
    text = text_of("README.md")
    for kind in ("tutorial", "how-to", "reference", "discussion"):
        assert f"](docs/{kind}/index.md)" in text


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    """Return the README's picture, and the one that the command under it makes now."""
    shown, after = re.search(r"!\[[^]]+\]\(([^)]+)\)(.*)", text_of("README.md"), re.DOTALL).groups()
    line = commands_in(after)[0]
    folder = tmp_path_factory.mktemp("readme")
    before = Path.cwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
    finally:
        os.chdir(before)
    assert done.exit_code == 0, done.output
    return ROOT / shown, folder / shown


def pixels(path: Path) -> np.ndarray:
    """Return a picture as numbers from 0 to 255."""
    return np.asarray(Image.open(path).convert("RGB"), dtype=float)


def share_of_other_pixels(one: np.ndarray, other: np.ndarray) -> float:
    """Return the share of pixels that a reader would see to differ; 1 for another size."""
    if one.shape != other.shape:
        return 1.0
    return float((np.abs(one - other).max(axis=2) > 64).mean())


def test_the_picture_is_made_by_the_command_under_it(picture):
    stored, made = picture
    assert made.is_file(), "the command makes a file of another name"
    assert share_of_other_pixels(pixels(stored), pixels(made)) < 0.002, (
        "run the command under the picture in the README, and look at what it made"
    )


def test_another_picture_is_seen(picture):
    stored = pixels(picture[0])
    moved = stored.copy()
    moved[:, 3:] = stored[:, :-3]
    assert share_of_other_pixels(stored, moved) > 0.01
