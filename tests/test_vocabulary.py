"""Every word of a scenario stands once, with a label and a number that the rules know."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest
from worked_words import (
    AFTER,
    ANSWERED,
    GAINS,
    SHAPES_AT,
    STRUCK,
    answering,
    protocol_case,
    struck,
)

from minsksim import vocabulary
from minsksim.answering import ANSWERING
from minsksim.endings import ENDINGS, NOTHING_SUITS, Ending
from minsksim.engine.phases.meetings import chance_to_meet
from minsksim.engine.valuation.answers import audience_cost_of, reservation_of
from minsksim.rules.bargaining import settle
from minsksim.rules.events import after_event
from minsksim.rules.utility import shape, shape_slope, shapes
from minsksim.scenario import beliefs, fields, schema
from minsksim.vocabulary import (
    AMOUNTS,
    COURSES,
    EGALITARIAN,
    PROTOCOLS,
    SECOND_PROPOSES,
    SHAPES,
    SWITCHES,
    TAKES,
    TARGETS,
)

WORDS: dict[str, tuple[Any, Mapping[str, Any]]] = {
    "protocols": (vocabulary.Protocol, PROTOCOLS),
    "shapes": (vocabulary.Shape, SHAPES),
    "takes": (vocabulary.Take, TAKES),
    "courses": (vocabulary.Course, COURSES),
    "endings": (Ending, ENDINGS),
    "unilateral": (vocabulary.Unilateral, vocabulary.UNILATERAL),
    "switches": (vocabulary.Switch, vocabulary.SWITCHES),
}
"""The type that the schema takes, and the table with the same words."""

FIELDS = {
    "protocols": (schema.Channel, "protocol"),
    "shapes": (schema.Term, "shape"),
    "takes": (schema.Measure, "take"),
    "unilateral": (schema.Lever, "unilateral"),
    "switches": (schema.Effect, "switch"),
}

CODES = {
    "protocols": [word.code for word in PROTOCOLS.values()] + [vocabulary.SECOND_PROPOSES],
    "shapes": [word.code for word in SHAPES.values()],
    "takes": [word.code for word in TAKES.values()],
    "threats": list(vocabulary.THREAT_COUNTS.values()),
    "endings": [word.code for word in ENDINGS.values()],
    "operations": [*vocabulary.AMOUNTS.values(), *vocabulary.SWITCHES.values()],
    "beliefs": [vocabulary.LOW_TYPE, vocabulary.HIGH_TYPE],
    "answering": [target.code for target in ANSWERING.values()],
    "targets": sorted({target.code for target in vocabulary.TARGETS.values()}),
    "reports": sorted(
        {report.code for report in vocabulary.REPORTS.values()} | {vocabulary.OF_QUANTITY}
    ),
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_table_has_the_words_of_its_type(kind: str) -> None:
    words, table = WORDS[kind]
    assert tuple(table) == get_args(words)


@pytest.mark.parametrize("kind", FIELDS)
def test_the_schema_takes_its_words_from_here(kind: str) -> None:
    section, name = FIELDS[kind]
    found = get_type_hints(section)[name]
    assert set(get_args(WORDS[kind][0])) <= {
        word for part in (found, *get_args(found)) for word in (part, *get_args(part))
    }


@pytest.mark.parametrize("kind", CODES)
def test_every_word_has_a_number_of_its_own_without_a_gap(kind: str) -> None:
    """Arrays hold these numbers, and some are columns."""
    assert sorted(CODES[kind]) == list(range(len(CODES[kind])))


def test_every_number_is_used_by_a_table() -> None:
    """A number that no table names would be a word without a label."""
    text = Path(vocabulary.__file__).read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+) = \d+$", text, flags=re.MULTILINE)
    internal = {"SECOND_PROPOSES", "LOW_TYPE", "HIGH_TYPE"}
    assert len(names) == len(set(names))
    alone = {name for name in names if len(re.findall(rf"\b{name}\b", text)) < 2}
    assert alone <= internal


@pytest.mark.parametrize("table", [PROTOCOLS, SHAPES, TAKES, COURSES, ENDINGS])
def test_every_word_has_a_label_of_its_own(table: Mapping[str, Any]) -> None:
    labels = [word.label for word in table.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_every_word_has_a_case_worked_by_hand() -> None:
    assert set(GAINS) == set(PROTOCOLS)
    assert set(SHAPES_AT) == set(SHAPES)
    assert set(AFTER) == set(AMOUNTS)
    assert set(ANSWERED) == set(ANSWERING)
    done = {(of.partition(".")[0], how) for of, how in STRUCK}
    assert done == {
        (word, how)
        for word, target in TARGETS.items()
        for how in ((*AMOUNTS, *SWITCHES) if target.can_switch else AMOUNTS)
        if word != "trust" or how == "shift"
    }
    assert [word for word, gains in GAINS.items() if gains == GAINS["egalitarian"]] == [
        "egalitarian"
    ]


@pytest.mark.parametrize("protocol", GAINS)
def test_every_protocol_is_handled_by_name(protocol: str) -> None:
    """Within the step by which concessions go on."""
    model = protocol_case(protocol)
    model.step()
    expected = GAINS[protocol]
    if expected is None:
        assert model.state.offer_state[0] == NOTHING_SUITS
    else:
        assert model.state.offer_gain[0] == pytest.approx(expected, abs=5e-3)


def test_the_second_can_propose() -> None:
    """With U + V = 1: the second takes all, where equal gains are one half each."""
    falls, rises, none = np.array([1.0, 0.0]), np.array([0.0, 1.0]), (0.0, 0.0)
    assert settle(falls, rises, 1, SECOND_PROPOSES, 0.5, none, none) == 1.0
    assert settle(falls, rises, 1, EGALITARIAN, 0.5, none, none) == 0.5


@pytest.mark.parametrize("word", SHAPES_AT)
def test_every_shape_is_handled_by_name(word: str) -> None:
    code, levels = SHAPES[word].code, np.zeros(3)
    parameters, level, slope = SHAPES_AT[word]
    assert shape(code, 0.25, *parameters) == pytest.approx(level, abs=1e-12)
    assert shape_slope(code, 0.25, *parameters) == pytest.approx(slope, abs=1e-12)
    shapes(code, np.full(3, 0.25), 3, *parameters, levels)
    assert levels == pytest.approx(level, abs=1e-12)


@pytest.mark.parametrize("word", AFTER)
def test_every_amount_is_handled_by_name(word: str) -> None:
    assert after_event(5.0, 2.0, AMOUNTS[word], 0.0, 10.0) == AFTER[word]


@pytest.mark.parametrize(("of", "how"), STRUCK)
def test_every_effect_is_handled_by_name(of: str, how: str) -> None:
    model = struck(of, how)
    state, names = model.state, model.compiled.axes
    word, first, *_ = of.split(".")
    if word == "trust":
        found = model.actors_by_name["ada"].trust_in("ben", "room")
    elif word == "salience":
        found = state.innate[0, 0]
    elif how not in SWITCHES:
        found = state.quantity[names.quantities.index(of)]
    elif word == "levers":
        found = state.is_active[names.levers.index(first)]
    else:
        found = state.is_open[names.channels.index(first)]
    assert found == pytest.approx(STRUCK[of, how], abs=1e-12)


def test_shapes_need_fields_that_a_term_has() -> None:
    for word in SHAPES.values():
        assert len(word.needs) <= 2
        assert set(word.needs) <= set(schema.Term.model_fields)


def test_amounts_are_fields_of_an_effect() -> None:
    assert set(AMOUNTS) <= set(schema.Effect.model_fields)


def test_types_of_a_belief_stand_in_the_order_of_their_numbers() -> None:
    low, high = vocabulary.LOW_TYPE, vocabulary.HIGH_TYPE
    assert (vocabulary.BELIEF_TYPES[low], vocabulary.BELIEF_TYPES[high]) == ("low", "high")
    assert get_args(vocabulary.BeliefType) == vocabulary.BELIEF_TYPES
    assert set(vocabulary.BELIEF_TYPES) <= set(beliefs.Belief.model_fields)


def test_numbers_are_drawn_by_a_known_distribution() -> None:
    assert fields.Number.model_fields["distribution"].default in get_args(vocabulary.Distribution)


def test_sections_are_sections_of_the_file() -> None:
    sections = {name for names in vocabulary.QUANTITIES.values() for name in names}
    sections |= {report.section for report in vocabulary.REPORTS.values()}
    sections |= {name for target in vocabulary.TARGETS.values() for name in target.sections}
    assert sections <= set(schema.Document.model_fields)


def test_the_vocabulary_imports_nothing_of_the_package() -> None:
    tree = ast.parse(Path(vocabulary.__file__).read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [node.module for node in imported if isinstance(node, ast.ImportFrom)] == ["typing"]
    assert len(imported) == 1


@pytest.mark.parametrize("pattern", ANSWERED)
def test_a_number_that_answers_is_used_as_worked_by_hand_and_no_other_moves(pattern: str) -> None:
    usual = {
        "channels.*.quality": 0.5,
        "meetings.*": 0.5,
        "actors.*.reservation": 0.125,
        "actors.*.audience_cost": 0.25,
        "salience.*.*": 0.5,
    }
    of, expected = ANSWERED[pattern]
    model = answering(of)
    s, values, state = model.arrays
    found = {
        "meetings.*": chance_to_meet(s, values, state, 1, 0),
        "actors.*.reservation": reservation_of(values, state, 0),
        "actors.*.audience_cost": audience_cost_of(values, state, 0),
        "salience.*.*": state.felt[0, 0],
    }
    usual.pop("channels.*.quality")
    if pattern == "channels.*.quality":
        pattern = "meetings.*"
    assert found == pytest.approx(usual | {pattern: expected})
