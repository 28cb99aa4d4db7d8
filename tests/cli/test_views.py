"""What values show of themselves in a notebook: short texts, and HTML that obeys nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import minsksim as mk
from minsksim import showing
from minsksim.scenario.load import digest_of
from minsksim.scenario.numbers import walk_numbers
from minsksim.scenario.places import dotted

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '<img src=x onerror="alert(1)">&\u202e\x1b[31m'
VOID = {"img", "br", "meta"}


class Page(HTMLParser):
    """Collects tags and text, and checks that every tag is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> mk.Result:
    folder = tmp_path_factory.mktemp("results")
    return mk.sweep("revolving_door", runs=3, results=folder)


def test_what_is_typed_in_a_cell_is_short(result: mk.Result) -> None:
    scenario = mk.load_scenario("minsk")
    run = mk.run_scenario(scenario)
    assert repr(run) == (
        f"<Run of minsk, seed 0, replication 0: 24 turns, {len(run.agreements)} agreements>"
    )
    assert repr(scenario).startswith("<Scenario minsk: 8 actors, ")
    assert repr(mk.Model(scenario)) == "<Model of minsk: turn 0 of 24>"
    for value in (run.agreements[0], mk.compile_scenario(scenario), result):
        assert len(repr(value)) < 200


def test_a_run_shows_its_story() -> None:
    run = mk.run_scenario("minsk")
    document, page = run.scenario.document, Page(run._repr_html_())
    assert page.text.count(" agree (") == len(run.agreements)
    for measure in document.measures.values():
        assert measure.label in page.text
    for move in run.agreements[0].moves:
        assert document.levers[move.lever].label in page.text
    assert all(actor.label in page.text for actor in document.actors.values())
    assert "one set of draws, not a distribution" in page.text
    assert mk.NOTICE in page.text
    assert "Python code" not in page.text
    odd = replace(run, custom_actors=("minsk",))
    assert "Decisions replaced by Python code: Minsk" in Page(odd._repr_html_()).text


def test_a_scenario_shows_its_card() -> None:
    scenario = mk.load_scenario("minsk/snapback")
    document, page = scenario.document, Page(scenario._repr_html_())
    assert " ".join(document.question.split()) in page.text
    assert "Variant of minsk" in page.text
    for section in (document.actors, document.levers, document.channels, document.measures):
        assert all(one.label in page.text for one in section.values())


def test_an_agreement_shows_its_terms() -> None:
    agreement = mk.run_scenario("minsk").agreements[0]
    page = Page(agreement._repr_html_())
    for move in agreement.moves:
        assert move.lever.replace("_", " ") in page.text
    for party in agreement.parties:
        assert party in page.text
    assert f"Turn {agreement.turn} ({agreement.date})" in page.text
    assert page.text.count("no seat") == len(agreement.externalities) - len(agreement.parties)
    broken = replace(agreement, kept=dict.fromkeys(agreement.parties, False))
    assert page.text.count("\nno\n") + 2 == Page(broken._repr_html_()).text.count("\nno\n")


def test_a_result_shows_its_summary(result: mk.Result) -> None:
    page = Page(result._repr_html_())
    assert f"Result {result.id}" in page.text
    assert "3 runs at the base values" in page.text
    for measure in result.scenarios["revolving_door"].document.measures.values():
        assert measure.label in page.text


def hostile(scenario: mk.Scenario) -> mk.Scenario:
    """Return a scenario in which every text that is shown would do something if it were obeyed."""
    plain = scenario.document.model_dump(by_alias=True)

    def spoil(node: Any) -> Any:
        if isinstance(node, dict):
            words = ("label", "role", "unit", "title", "question", "summary")
            return {
                key: HOSTILE if key in words and isinstance(inner, str) else spoil(inner)
                for key, inner in node.items()
            }
        return [spoil(one) for one in node] if isinstance(node, list | tuple) else node

    document = type(scenario.document).model_validate(spoil(plain))
    return replace(
        scenario,
        document=document,
        digest=digest_of(document),
        numbers={dotted(path): number for path, number in walk_numbers(document)},
        variant_of=HOSTILE,
        because=HOSTILE,
    )


def test_text_of_a_stranger_is_shown_and_not_obeyed() -> None:
    scenario = hostile(mk.load_scenario("minsk"))
    run = replace(mk.run_scenario("minsk"), scenario=scenario)
    for value in (scenario, run):
        html = value._repr_html_()
        page = Page(html)
        assert not page.tags & {"img", "script"}
        assert page.attributes <= {"class"}
        assert "\x1b" not in html
        assert "\u202e" not in html
        assert "<img src=x onerror=" in page.text


def test_frames_say_what_their_columns_are(result: mk.Result) -> None:
    run = mk.run_scenario("minsk")
    levers = run.scenario.document.levers
    name = next(iter(levers))
    assert run.series.attrs["labels"][f"levers.{name}"] == levers[name].label
    assert run.series.attrs["units"][f"levers.{name}"] == levers[name].unit
    for frame in (run.series, run.public, run.utilities):
        assert set(frame.attrs["labels"]) == set(frame.attrs["units"]) == set(frame.columns)
    assert run.contributions.attrs["units"]["value"] == "utils"
    measures = result.scenarios["revolving_door"].document.measures
    for name, measure in measures.items():
        assert result.runs.attrs["labels"][name] == measure.label
        assert result.runs.attrs["units"][name] == measure.unit
    assert set(result.series.attrs["labels"]) == set(result.series.columns)


def test_a_view_of_a_run_loads_neither_tables_nor_mesa() -> None:
    code = (
        "import sys, json, minsksim as mk\n"
        "mk.run_scenario('split_the_pie')._repr_html_()\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "mesa", "matplotlib", "numba"} & set(json.loads(done.stdout))


def test_what_has_no_view_is_refused() -> None:
    with pytest.raises(TypeError, match="int has no view"):
        showing.html(3)
