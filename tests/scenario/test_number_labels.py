"""Every number of every shipped scenario has a label without dots and underscores."""

from __future__ import annotations

import pytest

from minsksim.scenario import load_scenario
from minsksim.scenario.find import shipped_names
from minsksim.scenario.number_labels import number_label


@pytest.mark.parametrize("name", sorted(shipped_names()))
def test_every_number_has_a_label(name: str) -> None:
    scenario = load_scenario(name)
    for number in scenario.numbers:
        label = number_label(scenario.document, number)
        assert label != number
        assert "_" not in label, label
        assert label[0].isupper(), label


@pytest.mark.parametrize(
    ("number", "label"),
    [
        ("actors.minsk.patience", "Patience of Minsk"),
        ("actors.minsk.salience.grip", "Minsk: weight of Grip at home"),
        ("levers.embassy.cost.up", "US embassy in Minsk: cost of raising it"),
        ("influence.ottawa_on_washington.regard", "Regard of Washington for Ottawa"),
        (
            "channels.moscow_minsk.trust.minsk.kept",
            "Channel Moscow and Minsk: kept promises remembered of Minsk",
        ),
        (
            "events.border_closes.effects.crossings.set",
            "Vilnius closes its last two crossings with Belarus: effects, crossings, set",
        ),
    ],
)
def test_labels_say_what_a_number_is(number: str, label: str) -> None:
    assert number_label(load_scenario("minsk").document, number) == label


def test_two_terms_of_one_source_have_different_labels() -> None:
    document = load_scenario("minsk").document
    terms = document.interests["principle"].terms
    labels = {number_label(document, f"interests.principle.terms.{one}.effect") for one in terms}
    assert len(labels) == len(terms)


def test_a_name_the_document_does_not_know_is_its_own_label() -> None:
    assert number_label(load_scenario("minsk").document, "levers.gone.initial") == (
        "levers.gone.initial"
    )
