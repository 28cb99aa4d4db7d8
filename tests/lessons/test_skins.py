"""Invented names: the same payoffs, and no real name left in any text of the case."""

import re

import pytest
from click.testing import CliRunner

from minsksim import lab, list_scenarios, load_scenario
from minsksim.cli import main
from minsksim.lessons import skins
from minsksim.lessons.catalog import NAMES, find_lab, page_of
from minsksim.lessons.notebook import write_notebook
from minsksim.lessons.session import Session
from minsksim.scenario.dump import to_plain

MINSK = [
    one.name for base in list_scenarios() if base.name == "minsk" for one in (base, *base.variants)
]
REAL = re.compile(
    r"washington|minsk|moscow|ottawa|caracas|brussels|vilnius|belarus|russia|canad|venezuel|"
    r"lithuan|belavia|oreshnik|alaska|klaipeda|potash|viasna|usmca|\bus\b|\beu\b|u\.s\.",
    re.IGNORECASE,
)


def strings(node, key=""):
    """Yield every key and text of a document, sources and citations left out."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name != "sources":
                yield name
                yield from strings(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value, key)
    elif isinstance(node, str) and key not in ("source", "cite"):
        yield node


@pytest.mark.parametrize("name", MINSK)
def test_no_real_name_is_left(name):
    case = skins.load(name, skins.FICTIONAL)
    found = [text for text in strings(to_plain(case.document)) if REAL.search(text)]
    assert not found
    assert not REAL.search(f"{case.name} {case.variant_of} {case.because}")


@pytest.mark.parametrize("name", MINSK)
def test_the_payoffs_are_the_same(name):
    fiction, real = skins.load(name, skins.FICTIONAL), load_scenario(name)
    assert [number.value for number in fiction.numbers.values()] == [
        number.value for number in real.numbers.values()
    ]
    assert [skins.real_names(one) for one in fiction.numbers] == list(real.numbers)
    assert fiction.digest != real.digest


def test_renaming_is_one_to_one():
    real = load_scenario("minsk")
    for name in real.numbers:
        assert skins.real_names(skins.fictional_names(name)) == name


def test_settings_may_use_either_name():
    for name in ("actors.birch.patience", "actors.minsk.patience"):
        case = skins.load("minsk", skins.FICTIONAL, ((name, 0.91),))
        assert case.numbers["actors.birch.patience"].value == 0.91


def spoken(one):
    """Yield every sentence of a lab that a student meets, the card of facts left out."""
    page = page_of(one)
    yield page[page.index("## Open the lab") :]
    yield from (one.question, one.warning, one.product, one.limit, *one.debrief)
    for question in one.questions:
        yield from (question.text, question.hint, question.because, *question.options)
        for error in question.misconceptions:
            yield from (error.name, error.feedback)


@pytest.mark.parametrize("name", NAMES)
def test_n4_a_lab_speaks_of_invented_places_unless_asked_otherwise(name):
    for text in spoken(find_lab(name)):
        assert not REAL.search(text.replace("minsksim", "")), text


TEXTBOOK = [name for name in NAMES if find_lab(name).is_textbook]


@pytest.mark.parametrize("name", TEXTBOOK)
def test_a_textbook_lab_is_the_same_in_either_skin(name):
    """No real case is behind it, so no real name may be put on it."""
    one, heard = find_lab(name), []
    assert write_notebook(one, skins.NAMED) == write_notebook(one)
    session = Session(one, skins.NAMED, heard.append)
    assert session.world.skin == skins.FICTIONAL
    assert session.teacher() == lab(name, folder=None).teacher()
    assert not any("Content note" in text for text in heard)
    assert "held on politically motivated charges" in one.note
    for reference in one.cases.values():
        assert skins.load(reference, skins.FICTIONAL).digest == load_scenario(reference).digest


def test_the_numbers_of_a_textbook_case_can_be_set_by_their_own_names():
    """The harbour of one is no Klaipeda, which another skin calls by that word."""
    name = "interests.rivalry.terms.harbour.effect"
    for reference in ("outbid", "outbid/two_ratifiers"):
        case = skins.load(reference, skins.FICTIONAL, ((name, -0.35),))
        assert case.numbers[name].value == -0.35


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TEXTBOOK])
def test_n4_the_named_notebook_holds_no_invented_place(name):
    text = write_notebook(find_lab(name), skins.NAMED)
    assert 'skin=\\"named\\"' in text
    assert "invented names" not in text.replace("Names are invented unless", "")
    assert "invented countries" not in text
    assert "invented Minsk" not in text
    assert not re.search(r"\b(Alder|Birch|Cedar|Hazel|Rowan|Linden|Aspen)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_n5_n6_every_lab_offers_a_way_out_and_stores_nothing_unasked(name, tmp_path, monkeypatch):
    one = find_lab(name)
    assert "step out" in one.note
    assert "never priced" in one.note
    monkeypatch.chdir(tmp_path)
    lab(name).predict(one.guessed[0].key, ...)
    silent = lab(name, folder=None)
    silent.predict(one.guessed[0].key, one.guessed[0].answer(silent.world))
    assert not list(tmp_path.iterdir())


def test_the_case_of_lab_1_does_not_speak_of_invented_countries_under_real_names():
    summary = lab("batna_and_zopa", skins.NAMED, folder=None).case().document.summary
    assert "Washington has sanctions on Minsk" in " ".join(summary.split())
    assert "invented countries" not in summary


def test_the_case_of_lab_1_is_a_scenario_like_any_other(tmp_path):
    case = load_scenario("relief_for_release")
    assert "relief_for_release" in [one.name for one in list_scenarios()]
    assert lab("batna_and_zopa", folder=None).case().digest == case.digest
    done = CliRunner().invoke(main, ["run", "relief_for_release"])
    assert done.exit_code == 0
    assert "Relief for release" in done.stdout
