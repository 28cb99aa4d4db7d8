"""Every question of every lab: right answers pass, wrong ones are told why, nothing leaks."""

import re

import pytest
from labs_at_hand import question_of, world_of

from minsksim import UsageError, lab
from minsksim.lessons import skins
from minsksim.lessons.catalog import NAMES, all_labs, find_lab
from minsksim.lessons.order import shuffled
from minsksim.lessons.question import Kind, is_same, judge, read_answer, shown, told
from minsksim.lessons.session import Session, digest_of_answers

QUESTIONS = [(one.name, question.key) for one in all_labs() for question in one.questions]
SKINS = (skins.FICTIONAL, skins.NAMED)


def far_answers(question, right):
    """Return answers that are wrong in no particular way."""
    if question.kind is Kind.NUMBER:
        if any(mark in question.unit for mark in ("0 to 1", "probability", "Brier")):
            return [0.0 if right > 0.5 else 1.0]
        return [0.0 if right > 50 else 100.0] if "percent of" in question.unit else [right + 1234.5]
    if question.kind is Kind.YES_NO:
        return [not right]
    if question.kind is Kind.CHOICE:
        return [letter for letter in question.letters if letter != right]
    return [str(right)[::-1], str(right)[1:] + str(right)[0]]


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize(("name", "key"), QUESTIONS)
def test_the_right_answer_passes(name, key, skin):
    question, world = question_of(name, key), world_of(name, skin)
    verdict = judge(question, world, question.answer(world))
    assert verdict.is_right
    assert verdict.text == told(question.because, question.facts, world)


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize(("name", "key"), QUESTIONS)
def test_each_misconception_gets_its_own_feedback(name, key, skin):
    question, world = question_of(name, key), world_of(name, skin)
    assert question.misconceptions
    for one in question.misconceptions:
        verdict = judge(question, world, one.example(world))
        assert not verdict.is_right, f"{one.name}: its example is right"
        assert verdict.misconception == one.name
        assert verdict.text == told(one.feedback, question.facts, world)
    feedback = [one.feedback for one in question.misconceptions]
    assert len({*feedback, question.hint}) == len(feedback) + 1


@pytest.mark.parametrize(("name", "key"), QUESTIONS)
def test_any_other_wrong_answer_gets_a_hint(name, key):
    question, world = question_of(name, key), world_of(name)
    listed = {one.name for one in question.misconceptions}
    for answer in far_answers(question, question.answer(world)):
        verdict = judge(question, world, answer)
        assert not verdict.is_right
        assert verdict.text == question.hint or verdict.misconception in listed


@pytest.mark.parametrize(("name", "key"), QUESTIONS)
def test_no_hint_or_feedback_tells_the_solution(name, key):
    question, world = question_of(name, key), world_of(name)
    right = question.answer(world)
    spoken = [(one.feedback, one.before) for one in question.misconceptions]
    for raw in (question.hint, *(text for pair in spoken for text in pair)):
        text = told(raw, question.facts, world)
        if question.kind is Kind.NUMBER:
            numbers = [float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text)]
            assert not [one for one in numbers if is_same(question, one, right)], text
        elif question.kind is Kind.CHOICE:
            assert question.options[question.letters.index(right)] not in text


@pytest.mark.parametrize(("name", "key"), QUESTIONS)
def test_an_answer_is_computed_from_the_case(name, key):
    """A typed answer would be the same object in code: it must at least be a function."""
    question = question_of(name, key)
    assert callable(question.answer)
    assert question.text
    assert question.because.endswith(".")
    if question.kind is Kind.NUMBER:
        assert question.tolerance > 0.0
        assert question.unit


@pytest.mark.parametrize("name", NAMES)
def test_lab_is_complete(name):
    one = find_lab(name)
    assert one.name == name
    assert find_lab(str(one.number)) is one
    assert len(one.guessed) == 3
    assert len(one.questions) >= 5
    assert [q for q in one.questions if q.key == "repair"], "one broken assumption to repair"
    assert one.invariants
    assert all(invariant.holds(world_of(name)) for invariant in one.invariants)
    assert 45 <= sum(one.minutes) <= 90
    assert len(one.debrief) >= 3
    assert one.limit


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_checked_before_the_guesses(name):
    heard = []
    session = Session(find_lab(name), skins.FICTIONAL, heard.append)
    assert not session.start()
    assert "type your guess" in heard[-1]
    for question in find_lab(name).questions:
        heard.clear()
        session.check(question.key, question.answer(world_of(name)))
        assert "not checked" in heard[0]
        assert not session.solved


@pytest.mark.parametrize("name", NAMES)
def test_a_sitting_from_guess_to_footer(name):
    heard = []
    session, one, world = (
        Session(find_lab(name), "fictional", heard.append),
        shuffled(find_lab(name), 0),
        world_of(name),
    )
    for question in one.guessed:
        session.predict(question.key, question.misconceptions[0].example(world))
    assert session.start()
    for question in one.questions:
        session.check(question.key, question.misconceptions[0].example(world))
        assert question.misconceptions[0].name in " ".join(heard[-1].split())
        assert (
            shown(question, question.answer(world)) not in heard[-1] or question.kind is Kind.YES_NO
        )
        session.check(question.key, question.answer(world))
        assert ": right." in heard[-1]
        if question.is_guessed:
            assert "You had guessed" in heard[-1].replace("\n ", "")
    assert session.solved == {question.key for question in one.questions}
    session.progress()
    assert f"{len(one.questions)} of {len(one.questions)} right" in heard[-1]
    heard.clear()
    session.footer()
    text = " ".join(heard)
    assert digest_of_answers(one, world)[:16] in text
    assert f"seed {one.seed}" in text
    for question in one.questions:
        if question.kind is Kind.NUMBER:
            assert shown(question, question.answer(world)) not in text


def test_a_guess_cannot_change_after_the_start():
    heard = []
    session, one = Session(find_lab(NAMES[0]), "fictional", heard.append), find_lab(NAMES[0])
    for question in one.guessed:
        session.predict(question.key, question.answer(world_of(one.name)))
    session.start()
    session.predict(
        one.guessed[0].key, one.guessed[0].misconceptions[0].example(world_of(one.name))
    )
    assert "the run has begun" in heard[-1]
    session.check(one.guessed[0].key, one.guessed[0].answer(world_of(one.name)))
    assert "Your guess was right" in heard[-1].replace("\n ", "")


def test_wrong_names_get_a_sentence(tmp_path):
    with pytest.raises(UsageError, match="no lab 'batna'"):
        lab("batna")
    with pytest.raises(UsageError, match="no skin 'real'"):
        lab("batna_and_zopa", skin="real")
    with pytest.raises(UsageError, match="no such folder"):
        lab("batna_and_zopa", folder=tmp_path / "missing")
    with pytest.raises(UsageError, match="seed=-1"):
        lab("batna_and_zopa", seed=-1)
    with pytest.raises(UsageError, match="no case 'other'"):
        lab("batna_and_zopa").case("other")
    with pytest.raises(UsageError, match="one letter of a, b, c"):
        read_answer(question_of("batna_and_zopa", "outside_option"), "z")


@pytest.mark.parametrize("given", ["c b a", "c, b, a", ["c", "b", "a"], ("C", "B", "A"), "cba"])
def test_an_order_may_be_typed_in_any_usual_way(given):
    assert read_answer(question_of("batna_and_zopa", "solutions"), given) == "cba"


def test_the_named_skin_comes_with_a_content_note(capsys):
    lab("batna_and_zopa", skin="named")
    assert "Content note" in capsys.readouterr().out
    lab("batna_and_zopa")
    assert "Content note" not in capsys.readouterr().out
