"""The labs' notebooks: up to date, offline, quick, and silent about what is not yet asked."""

import importlib.util
import json
import re
import socket
import time

import matplotlib
import pytest

from minsksim import UsageError, lab, load_scenario
from minsksim.cli import main
from minsksim.lessons.catalog import NAMES, all_labs, find_lab
from minsksim.lessons.notebook import code_of, write_notebook
from minsksim.lessons.order import shuffled
from minsksim.lessons.question import Kind, shown, told
from minsksim.lessons.world import World

BUDGET = 30.0
"""Seconds of processor time that one lab may take; the course allows two minutes."""


@pytest.fixture(scope="module")
def written(root):
    """Return what the script would write into ``notebooks/labs``."""
    spec = importlib.util.spec_from_file_location("write_labs", root / "notebooks/labs/write.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.contents()


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    """Let no lab take up what another one kept."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def offline(monkeypatch):
    """Let nothing be reached."""

    def refuse(*args, **kwargs):
        raise OSError("a lab asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def filled(name, skin="fictional"):
    """Return the code of a lab with every guess and answer typed, all of them right."""
    one = shuffled(find_lab(name), 0)
    world = World(one.in_skin(skin), one.cases, one.seed)
    typed = {question.key: repr(question.answer(world)) for question in one.questions}
    place = re.compile(r'(lab\.(?:predict|check)\("(\w+)", )"\.\.\."')
    cells = code_of(find_lab(name), skin)
    return [place.sub(lambda match: match[1] + typed[match[2]], cell) for cell in cells]


def execute(cells):
    """Run code cells as a kernel would, and return their names."""
    matplotlib.use("Agg")
    names = {"display": print}
    for cell in cells:
        exec(compile(cell, "<cell>", "exec"), names)  # noqa: S102
    matplotlib.pyplot.close("all")
    return names


def test_files_are_those_of_the_definitions(written, root):
    folder = root / "notebooks/labs"
    for name, text in written.items():
        stored = (folder / name).read_text(encoding="utf-8")
        assert stored == text, f"{name} is out of date: make labs"
    assert {file.name for file in folder.iterdir() if file.is_file()} == {*written, "write.py"}


@pytest.mark.parametrize("skin", ["fictional", "named"])
@pytest.mark.parametrize("name", NAMES)
def test_lab_runs_offline_within_its_budget(name, skin, offline, capsys):
    load_scenario("minsk")
    cells = filled(name, skin)
    start = time.process_time()
    names = execute(cells)
    assert time.process_time() - start < BUDGET
    session = names["lab"]
    assert session.solved == {question.key for question in session.lab.questions}
    assert session.invariants()
    assert "BROKEN" not in capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_untouched_notebook_runs_and_shows_no_result(name, capsys):
    names = execute(code_of(find_lab(name)))
    text = capsys.readouterr().out
    assert not names["lab"].solved
    assert "Nothing is run yet" in text
    for question in find_lab(name).questions:
        assert f"{question.key}: nothing typed yet" in text or f"{question.key} is not" in text
    assert not matplotlib.pyplot.get_fignums()


@pytest.mark.parametrize("name", NAMES)
def test_notebook_has_the_parts_of_a_lab(name):
    cells = json.loads(write_notebook(find_lab(name)))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    for part in ("**Goal.**", "what the article reports", "what its author infers", "assumes |"):
        assert part in text
    for part in ("## Explain", "## Transfer", "to repair", "cannot answer", "lab.footer()"):
        assert part in text
    assert "`shmatsina2026`" in text
    code = [("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    first_run = next(k for k, cell in enumerate(code) if "lab.start()" in cell)
    for question in find_lab(name).questions:
        check = next(k for k, cell in enumerate(code) if f'check("{question.key}"' in cell)
        assert check > first_run
        if question.is_guessed:
            guess = next(k for k, cell in enumerate(code) if f'predict("{question.key}"' in cell)
            assert guess < first_run


def test_teacher_edition_holds_every_answer_and_error(written):
    text = written["teacher.md"]
    for page in all_labs():
        one, world = shuffled(page, 0), World("fictional", page.cases, page.seed)
        assert lab(one.name).teacher() in text
        for question in one.questions:
            assert f"**{shown(question, question.answer(world))}**" in text
            for error in question.misconceptions:
                assert told(error.feedback, question.facts, world) in text


def test_command_writes_a_notebook_and_never_overwrites(tmp_path, monkeypatch):
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["lab", "1"])
    assert done.exit_code == 0
    path = tmp_path / "batna_and_zopa.ipynb"
    assert path.read_text(encoding="utf-8") == write_notebook(find_lab("batna_and_zopa"))
    path.write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(main, ["lab", "batna_and_zopa"])
    assert done.exit_code == UsageError.exit_code
    assert "already here" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_command_lists_labs_and_prints_the_teachers_edition():
    from click.testing import CliRunner

    listed = json.loads(CliRunner().invoke(main, ["lab", "--format", "json"]).stdout)
    assert [row["name"] for row in listed["labs"]] == list(NAMES)
    table = CliRunner().invoke(main, ["lab"]).stdout
    assert all(name in table for name in NAMES)
    edition = CliRunner().invoke(main, ["lab", "batna_and_zopa", "--teacher"]).stdout
    assert "Common errors" in edition
    assert "Content note" in edition
    named = CliRunner().invoke(main, ["lab", "batna_and_zopa", "--teacher", "--named"]).stdout
    assert "Minsk" in named
    assert "Birch" not in named


def test_every_number_of_a_question_has_its_unit_in_the_notebook():
    for one in all_labs():
        text = write_notebook(one)
        for question in one.questions:
            if question.kind is Kind.NUMBER:
                assert f"a number ({question.unit})" in text
