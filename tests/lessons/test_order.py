"""Options in the order of a seed: shuffled, the same each time, and with the same meaning."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from minsksim import UsageError, lab
from minsksim.cli import main
from minsksim.lessons.catalog import NAMES, all_labs, find_lab
from minsksim.lessons.notebook import write_notebook
from minsksim.lessons.order import as_shown, check_seed, on_page, order_of, shuffled
from minsksim.lessons.question import Kind, in_words, judge
from minsksim.lessons.session import Session, digest_of_answers
from minsksim.lessons.world import World

WITH_OPTIONS = [
    (one.name, question.key) for one in all_labs() for question in one.questions if question.options
]


def question_in(one, key):
    return next(question for question in one.questions if question.key == key)


@pytest.mark.parametrize(("name", "key"), WITH_OPTIONS)
def test_every_order_comes_up_and_means_the_same(name, key):
    page = find_lab(name)
    world, question = World("fictional", page.cases, page.seed), question_in(page, key)
    right = question.answer(world)
    orders = set()
    for seed in range(40):
        here = question_in(shuffled(page, seed), key)
        assert sorted(here.options) == sorted(question.options)
        assert in_words(here, here.answer(world)) == in_words(question, right)
        assert judge(here, world, here.answer(world)).is_right
        for one, before in zip(here.misconceptions, question.misconceptions, strict=True):
            example = one.example(world)
            assert in_words(here, example) == in_words(question, before.example(world))
            assert judge(here, world, example).misconception == before.name
        orders.add(here.options)
    assert len(orders) > 4


@pytest.mark.parametrize(("name", "key"), WITH_OPTIONS)
def test_an_ordering_is_never_shown_solved(name, key):
    page = find_lab(name)
    question = question_in(page, key)
    if question.kind is not Kind.ORDERING:
        return
    right = question.answer(World("fictional", page.cases, page.seed))
    assert question.never_shown == right
    assert right not in {order_of(name, question, seed) for seed in range(400)}


def test_the_right_letter_is_found_anywhere():
    """Neither the page's order nor one letter must give it away."""
    found = []
    for page in all_labs():
        world = World("fictional", page.cases, page.seed)
        found += [
            question.answer(world)
            for seed in range(12)
            for question in shuffled(page, seed).questions
            if question.kind is Kind.CHOICE
        ]
    shares = [found.count(letter) / len(found) for letter in "abc"]
    assert all(0.15 < share < 0.5 for share in shares), shares


def test_an_order_is_the_same_on_every_machine():
    """From SHA-256 and nothing else: no hash seed, no state, no version of a library."""
    question = question_in(find_lab("revolving_door"), "memo")
    assert [order_of("revolving_door", question, seed) for seed in (0, 1, 2)] == [
        "cbda",
        "bcad",
        "abcd",
    ]
    program = (
        "from minsksim.lessons.catalog import find_lab; from minsksim.lessons.notebook import "
        "write_notebook; import hashlib; "
        "print(hashlib.sha256(write_notebook(find_lab('2'), seed=7).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**__import__("os").environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_there_and_back():
    for order in ("abc", "bca", "cab"):
        for answer in ("a", "b", "c", "cba", 0.5, True):
            assert on_page(order, as_shown(order, answer)) == answer


@pytest.mark.parametrize("seed", [-1, 1.5, "1", True, None, 2**63])
def test_what_is_no_seed_is_refused(seed):
    with pytest.raises(UsageError, match="whole number"):
        check_seed(seed)


def test_the_command_writes_the_order_that_the_notebook_opens(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["lab", "4", "--seed", "7"]).exit_code == 0
    text = (tmp_path / "revolving_door.ipynb").read_text(encoding="utf-8")
    assert text == write_notebook(find_lab("4"), seed=7)
    assert text != write_notebook(find_lab("4"), seed=8)
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    assert any('mk.lab("revolving_door", seed=7)' in cell for cell in cells)
    asked = next(cell for cell in cells if cell.startswith("**memo.**"))
    options = question_in(lab("revolving_door", seed=7).lab, "memo").options
    assert [line[5:] for line in asked.splitlines() if line.startswith("- ")] == list(options)
    edition = CliRunner().invoke(main, ["lab", "4", "--teacher", "--seed", "7"]).stdout
    assert all(f": {option}" in edition for option in options)
    assert CliRunner().invoke(main, ["lab", "4", "--seed", "-1"]).exit_code == 2


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_of_answers_does_not_depend_on_the_order(name):
    page = find_lab(name)
    world = World("fictional", page.cases, page.seed)
    assert len({digest_of_answers(shuffled(page, seed), world) for seed in range(3)}) == 1


def test_a_session_hears_the_letters_that_it_shows():
    heard = []
    session = Session(find_lab("revolving_door"), "fictional", heard.append, seed=5)
    for question in session.lab.guessed:
        session.predict(question.key, question.answer(session.world))
    session.start()
    memo = question_in(session.lab, "memo")
    letter = memo.letters[memo.options.index("relief granted divided by people released")]
    session.check("memo", letter)
    assert "memo: right" in heard[-1]
