"""What a student reads: terms explained, numbers computed, code folded, nothing given away."""

import json
import re

import pytest

from minsksim.engine import single_run
from minsksim.experiment.running import memory as runs_in_memory
from minsksim.lessons import world as worlds
from minsksim.lessons.catalog import NAMES, all_labs, find_lab, page_of
from minsksim.lessons.notebook import write_notebook
from minsksim.lessons.terms import Piece, all_terms, explained

EVERYDAY = {
    *(
        "BATNA",
        "ZOPA",
        "reservation value",
        "util",
        "frontier",
        "Nash solution",
        "egalitarian solution",
    ),
    *("Kalai-Smorodinsky solution", "linkage", "snapback", "tranche", "patience", "externality"),
    *("broker", "back channel", "Brier score", "posterior", "ratification", "falsifier", "digest"),
    *("95 % interval", "standard error", "manifest", "seed", "range", "flow and stock", "ODD"),
}


def cells_of(name, **options):
    return json.loads(write_notebook(find_lab(name), **options))["cells"]


def text_of(cell):
    return "".join(cell["source"])


@pytest.mark.parametrize("name", NAMES)
def test_every_term_is_explained_where_it_first_occurs(name):
    cells = cells_of(name)
    for term in all_terms():
        first = next(
            (k for k, cell in enumerate(cells) if term.pattern.search(text_of(cell))), None
        )
        if first is None:
            continue
        explained_in = [k for k, cell in enumerate(cells) if term.explanation in text_of(cell)]
        assert len(explained_in) == 1, f"{term.name}: explained {len(explained_in)} times"
        # in the cell of its first use; or before it, for what is said to answers or shown by code
        assert explained_in[0] <= first, term.name


@pytest.mark.parametrize("name", NAMES)
def test_what_answers_may_say_is_explained_before_they_say_it(name):
    cells = cells_of(name)
    for question in find_lab(name).questions:
        said = [question.hint, question.because]
        said += [part for one in question.misconceptions for part in (one.name, one.feedback)]
        place = next(k for k, cell in enumerate(cells) if f'("{question.key}"' in text_of(cell))
        before = "\n".join(text_of(cell) for cell in cells[:place])
        for term in all_terms():
            if term.pattern.search("\n".join(said)):
                assert term.explanation in before, f"{question.key}: {term.name}"


def test_the_words_of_the_course_are_among_the_terms():
    assert {term.name for term in all_terms()} >= EVERYDAY
    cells = [text_of(cell) for cell in cells_of("batna_and_zopa")]
    for word in ("BATNA", "ZOPA", "Nash", "Kalai-Smorodinsky", "egalitarian"):
        first = next(cell for cell in cells if word in cell)
        assert f"> **{word}" in first


def test_every_term_is_used_and_every_explanation_is_one_sentence():
    everything = "\n".join(write_notebook(one) for one in all_labs())
    for term in all_terms():
        assert term.explanation[:40] in everything.replace("\\n", "\n"), f"{term.name} is not used"
        assert term.means[0].islower() or term.means[0].isdigit()
        assert not term.means.endswith(".")


def test_a_term_in_code_is_explained_in_a_cell_before_it():
    pieces = list(explained([Piece("code", 'print("the Nash split")'), Piece("markdown", "ZOPA")]))
    assert [piece.kind for piece in pieces] == ["markdown", "code", "markdown"]
    assert "> **Nash solution**" in pieces[0].source
    assert pieces[2].source.startswith("ZOPA\n\n> **ZOPA**")


@pytest.mark.parametrize("name", NAMES)
def test_code_is_folded_but_for_what_a_student_types_or_mends(name):
    cells = [cell for cell in cells_of(name) if cell["cell_type"] == "code"]
    folded = [cell for cell in cells if cell["metadata"]]
    assert folded
    for cell in folded:
        assert cell["metadata"] == {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
        assert not re.search(r"lab\.(predict|check)|mk\.lab\(", text_of(cell))
    shown = [text_of(cell) for cell in cells if not cell["metadata"]]
    page = page_of(find_lab(name))
    repair = page[page.index("to repair") :]
    assert repair.index("```python edit") < repair.index("[[check repair]]")
    for source in re.findall(r"^```python edit\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL):
        assert source.strip() in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_place_for_an_answer_is_text(name):
    for cell in cells_of(name):
        if cell["cell_type"] == "code":
            for place in re.findall(r"lab\.(?:predict|check)\((.*)\)", text_of(cell)):
                assert re.fullmatch(r'"\w+", "\.\.\."', place)


@pytest.mark.parametrize("name", NAMES)
def test_what_follows_a_right_answer_holds_no_typed_number(name):
    """Numbers of results are computed, as names between braces; a typed one would go stale."""
    for question in find_lab(name).questions:
        for text in (question.because, question.hint, *(e.name for e in question.misconceptions)):
            bare = re.sub(r"\{[^}]*\}|95 %|1\.96|of 100|\b20\d\d\b", "", text)
            assert not re.search(r"\d", bare), text


@pytest.mark.parametrize("name", NAMES)
def test_a_page_types_no_result(name):
    """Outside the card with the facts of the article, a page's prose holds no decimals."""
    page = page_of(find_lab(name))
    prose = re.sub(r"^```.*?^```$|^\|.*?$", "", page, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"\d\.\d", prose.replace("0 to 1", ""))


def test_a_notebook_is_written_without_a_run(monkeypatch):
    """Also its numbers: those come from the scenario or from a formula, at once."""

    def refuse(*args, **options):
        raise AssertionError("a run was made to write a page")

    monkeypatch.setattr(runs_in_memory, "simulate_runs", refuse)
    monkeypatch.setattr(worlds, "_runs", refuse)
    monkeypatch.setattr(worlds, "_run", refuse)
    monkeypatch.setattr(single_run, "run_scenario", refuse)
    for name in NAMES:
        assert "{" not in "".join(
            text_of(cell) for cell in cells_of(name) if cell["cell_type"] == "markdown"
        )


GIVE_AWAY = re.compile(r"not a count|divided by|price|per person", re.IGNORECASE)


def test_no_wrong_answer_gives_the_memo_of_lab_4_away():
    for question in find_lab("revolving_door").questions:
        said = [question.hint, *(one.feedback for one in question.misconceptions)]
        said += [one.before for one in question.misconceptions]
        for text in said:
            assert not GIVE_AWAY.search(text), text
    page = page_of(find_lab("revolving_door"))
    assert "divides" not in page


@pytest.mark.parametrize("name", NAMES)
def test_no_wrong_answer_gives_a_later_answer_away(name):
    """No number that is a later answer, and no right option, stands in what is said before it."""
    one = find_lab(name)
    world = worlds.World("fictional", one.cases, one.seed)
    for k, question in enumerate(one.questions):
        said = " ".join(
            [question.hint, *(e.feedback + " " + e.before for e in question.misconceptions)]
        )
        numbers = {float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", said)}
        for later in one.questions[k + 1 :]:
            right = later.answer(world)
            if later.options and isinstance(right, str) and len(right) == 1:
                assert later.options[later.letters.index(right)] not in said
            if isinstance(right, float) and not isinstance(right, bool):
                near = [n for n in numbers if abs(n - right) <= later.tolerance]
                assert not near, f"{question.key} tells {later.key}"
