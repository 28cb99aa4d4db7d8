"""A lab listens: wrong guesses are named before the run, whatever is typed gets one line."""

import itertools
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from labs_at_hand import question_of, world_of

from minsksim.errors import UsageError
from minsksim.lessons import skins
from minsksim.lessons.catalog import all_labs, find_lab
from minsksim.lessons.question import (
    Kind,
    Question,
    is_told_before,
    judge,
    read_answer,
    shown,
    told,
)
from minsksim.lessons.session import Session
from minsksim.lessons.typed import is_blank, number_of

GUESSED = [(one.name, question.key) for one in all_labs() for question in one.guessed]
STEPS = (-1e6, -300, -40, -15, -8, -4, -2, -1.1, 1.1, 2, 4, 8, 15, 40, 300, 1e6)
"""How many tolerances a wrong number lies away from the right one."""


def opened(name="batna_and_zopa", **options):
    heard = []
    session = Session(find_lab(name), skins.FICTIONAL, heard.append, **options)
    heard.clear()
    return session, heard


def within(question, numbers):
    """Return the numbers that this question takes."""
    taken = []
    for number in numbers:
        with suppress(UsageError):
            taken.append(read_answer(question, number))
    return taken


def wrong_guesses(question, right):
    if question.kind is Kind.NUMBER:
        return within(question, [right + step * question.tolerance for step in STEPS])
    if question.kind is Kind.YES_NO:
        return [not right]
    if question.kind is Kind.CHOICE:
        return [letter for letter in question.letters if letter != right]
    orders = ("".join(order) for order in itertools.permutations(question.letters))
    return [order for order in orders if order != right]


@pytest.mark.parametrize("skin", [skins.FICTIONAL, skins.NAMED])
@pytest.mark.parametrize(("name", "key"), GUESSED)
def test_every_wrong_answer_after_the_run_shows_a_misconception(name, key, skin):
    question, world = question_of(name, key), world_of(name, skin)
    for guess in wrong_guesses(question, question.answer(world)):
        verdict = judge(question, world, guess)
        assert not verdict.is_right
        assert verdict.misconception, f"{guess}: no belief stands behind it"
        assert verdict.before


def reply_to(session, heard, key, guess):
    """Return the reply to a guess, without the guess."""
    heard.clear()
    session.predict(key, guess)
    return " ".join(heard[-1].split()).split("noted, ")[1].split(". ", 1)[1]


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name, key in GUESSED if question_of(name, key).kind is Kind.NUMBER],
)
def test_no_reply_to_a_guess_tells_where_the_answer_lies(name, key):
    """The same reply near the answer, and on both of its sides wherever no belief is matched."""
    question, (session, heard) = question_of(name, key), opened(name)
    right = float(question.answer(world_of(name)))
    neutral = reply_to(session, heard, key, right)
    assert "Say to yourself why" in neutral
    band = [right + step * question.tolerance for step in np.linspace(-3.0, 3.0, 25)]
    for guess in within(question, band):
        assert reply_to(session, heard, key, guess) == neutral
    examples = [float(one.example(world_of(name))) for one in question.misconceptions]
    away = within(
        question, [right + step * question.tolerance for step in (-7.77, -4.44, 4.44, 7.77)]
    )
    told = [reply_to(session, heard, key, guess) for guess in away if guess not in examples]
    assert told.count(neutral) >= 2
    for guess in away:
        verdict = judge(question, world_of(name), guess, is_guess=True)
        named = [one for one in question.misconceptions if one.name == verdict.misconception]
        assert not [one for one in named if one.side]


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name, key in GUESSED if question_of(name, key).kind is Kind.YES_NO],
)
def test_yes_and_no_get_the_same_reply_before_the_run(name, key):
    session, heard = opened(name)
    assert reply_to(session, heard, key, "yes") == reply_to(session, heard, key, "no")


@pytest.mark.parametrize(("name", "key"), GUESSED)
def test_a_wrong_guess_is_answered_before_the_run(name, key):
    question, world = question_of(name, key), world_of(name)
    session, heard = opened(name)
    shown_one = next(one for one in session.lab.questions if one.key == key)
    for error in shown_one.misconceptions:
        guess = error.example(world)
        if not is_told_before(shown_one, error, world, guess):
            continue
        heard.clear()
        session.predict(key, guess)
        text = " ".join(heard[-1].split())
        verdict = judge(shown_one, world, guess, is_guess=True)
        assert f"the belief '{verdict.misconception}'" in text or "If you mean" in text
        assert "right" not in text.split("rests on")[0]
        if question.kind is Kind.NUMBER:
            assert shown(question, question.answer(world)) not in text
    assert not session.solved
    heard.clear()
    session.predict(key, shown_one.answer(world))
    assert "Say to yourself why" in heard[-1]
    assert "rests on the belief" not in heard[-1]


def test_a_belief_that_would_tell_the_solution_is_named_after_the_run_alone():
    session, heard = opened("partial_darkness")
    question, world = question_of("partial_darkness", "unseen"), world_of("partial_darkness")
    other_half = 100.0 - float(question.answer(world))
    session.predict("unseen", other_half)
    assert "nothing happens" not in " ".join(heard[-1].split())
    assert "nothing happens" in judge(question, world, other_half).misconception


def test_the_first_guess_is_remembered_when_it_is_changed():
    session, heard = opened()
    session.predict("least_relief", "0.5")
    session.predict("least_relief", "0.62")
    session.predict("zone_vanishes", "0.1")
    session.predict("signed", "100 %")
    assert session.start()
    session.check("least_relief", "0.7")
    text = " ".join(heard[-1].split())
    assert "You had guessed 0.5 of the relief, 0.2 away, and then 0.62" in text


@pytest.mark.parametrize(
    ("typed", "unit", "read"),
    [
        ("1,200", "people", 1200.0),
        ("1.200 people", "people held", 1200.0),
        ("1 200", "people", 1200.0),
        ("1\u202f200", "people", 1200.0),
        ("1\u00a0234\u00a0567", "people", 1234567.0),
        ("1'200", "people", 1200.0),
        ("1,234.5", "utils", 1234.5),
        ("1.234,5", "utils", 1234.5),
        ("0,5", "utils", 0.5),
        ("12,5 %", "percent of model runs", 12.5),
        ("12.5 per cent", "percent of model runs", 12.5),
        ("35", "percent of model runs", 35.0),
        ("\uff13\uff15\uff05", "percent of model runs", 35.0),
        ("58%", "share, 0 to 1", 0.58),
        ("52 %", "probability of meeting in a month", 0.52),
        ("\u2212733", "people, with its sign", -733.0),
        ("\u2013 733", "people, with its sign", -733.0),
        ("+0.5", "utils", 0.5),
        (".5", "utils", 0.5),
        ("1e-3", "utils", 0.001),
        ("0.7 of the relief", "of the relief, 0 to 1", 0.7),
        (np.float64(0.7), "utils", 0.7),
        (np.array([3]), "utils", 3.0),
        (pd.Series([0.25]), "utils", 0.25),
        (7, "tranches", 7.0),
    ],
)
def test_numbers_are_taken_as_people_write_them(typed, unit, read):
    assert number_of(typed, unit) == read


NO_TEXTS = ("abc", "35 % of", "3 5", "1,2,3", "1.2.3", "12,34,567", "nan", "inf", "1e999", "--3")
NO_VALUES = (True, float("nan"), 1j, [1, 2], {}, object(), pd.DataFrame(), np.array([1, 2]))


@pytest.mark.parametrize("typed", [*NO_TEXTS, "5 %", "½?", "x" * 5000, *NO_VALUES])
def test_what_is_no_number_is_none(typed):
    assert number_of(typed, "people") is None


@pytest.mark.parametrize("typed", [..., None, "", "  ", "...", "\u2026", "____", '"..."', "?"])
def test_a_place_without_an_answer_is_said_in_one_line(typed):
    assert is_blank(typed)
    session, heard = opened()
    session.predict("least_relief", typed)
    assert heard == ["least_relief: nothing typed yet. Put your guess between the quotes."]
    assert not session.start()


class Hostile:
    """Something that cannot be shown."""

    def __repr__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "typed",
    [
        "half",
        "5 people",
        "35\x1b[31m",
        b"3",
        {},
        [],
        object(),
        Hostile(),
        pd.DataFrame(),
        "x" * 9999,
    ],
)
def test_anything_else_is_one_clear_line_and_no_traceback(typed):
    session, heard = opened()
    for question in session.lab.guessed:
        heard.clear()
        session.predict(question.key, typed)
        if question.unit != "people":
            assert len(heard) == 1
            assert f"{question.key} takes a number" in heard[0]
            assert "\x1b" not in heard[0]
            assert len(heard[0]) < 300


@pytest.mark.parametrize(
    ("lab_name", "key", "typed", "said"),
    [
        ("batna_and_zopa", "least_relief", "70", "least_relief: 0 to 1, please; 70 is outside."),
        ("batna_and_zopa", "signed", "-3", "signed: 0 to 100, please; -3 is outside."),
    ],
)
def test_a_share_that_cannot_be_is_said(lab_name, key, typed, said):
    session, heard = opened(lab_name)
    session.predict(key, typed)
    assert heard == [said]


def test_a_rounding_of_nothing_is_shown_as_nothing():
    question = question_of("batna_and_zopa", "signed")
    assert shown(question, 2.22e-14).startswith("0 percent")


def test_numbers_without_quotes_and_wrong_names_are_one_line_too():
    session, heard = opened()
    session.predict("least_relief", 0, 7)  # as 0,7 reads in Python
    assert "noted, 0.7 of the relief" in heard[-1]
    for call in (session.predict, session.check):
        call("least", 1)
        assert "no question 'least'" in heard[-1]
        assert "least_relief" in heard[-1]
        call(None)
        assert "no question of this name" in " ".join(heard[-1].split())
    session.predict("outside_option", "a")
    assert "needs no guess" in heard[-1]


def test_a_share_typed_for_a_percentage_is_asked_about():
    session, heard = opened()
    session.predict("signed", "0.76")
    assert "If you mean 76 of 100, type 76." in " ".join(heard[-1].split())


@pytest.mark.parametrize("given", ["c b a", "c, b, a", ["c", "b", "a"], "C > B > A", "cba."])
def test_letters_may_be_typed_in_any_usual_way(given):
    assert read_answer(question_of("batna_and_zopa", "solutions"), given) == "cba"


@pytest.mark.parametrize("given", ["b", "b)", "(B)", " b. "])
def test_one_letter_may_be_typed_in_any_usual_way(given):
    assert read_answer(question_of("batna_and_zopa", "outside_option"), given) == "b"


def test_yes_and_no_may_be_typed_in_any_usual_way():
    question = question_of("revolving_door", "both_rise")
    for given in ("Yes", "y", "true", True, np.True_):
        assert read_answer(question, given) is True
    for given in ("NO.", "n", False):
        assert read_answer(question, given) is False


def test_names_between_braces_are_computed():
    number = Kind.NUMBER
    question = Question("q", number, "{n:.0f} of 100", lambda w: 1.0, "", "", ())
    assert told(question.text, {"n": lambda world: 7.4}, None) == "7 of 100"
