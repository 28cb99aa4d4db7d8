"""What is supposed is read strictly, stored in the document, and said in sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minsksim import load_scenario, suppose
from minsksim.errors import ScenarioError, UsageError
from minsksim.scenario import dump, suppose_of_variants
from minsksim.scenario.load import digest_of


def test_names_may_be_short_where_one_part_alone_has_them() -> None:
    minsk = load_scenario("minsk")
    what_if = suppose(
        minsk, drop=("captives", "alaska_summit", "embassy", "minsk_caracas")
    ).document
    assert what_if.what_if is not None
    assert what_if.what_if.drop == (
        "interests.captives",
        "events.alaska_summit",
        "levers.embassy",
        "channels.minsk_caracas",
    )
    with pytest.raises(UsageError, match=r"levers.subsidy|Write one of them|no such"):
        suppose(minsk, drop="nothing_of_the_kind")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"drop": "captive"}, "Did you mean captives?"),
        ({"drop": "actors.minsk.salience.grib"}, "Did you mean actors.minsk.salience.grip?"),
        ({"forbid": "potash_releif"}, "Did you mean potash_relief?"),
        ({"impose": "potash_releif=1"}, "Did you mean potash_relief?"),
        ({"impose": "potash_relief"}, "Write LEVER=VALUE"),
        ({"impose": "potash_relief=much"}, "Write LEVER=VALUE"),
        ({"impose": "potash_relief=nan"}, "Write LEVER=VALUE"),
        ({"impose": "potash_relief=1@soon"}, "Write LEVER=VALUE"),
        ({"impose": "potash_relief=1@2025-13"}, "Write LEVER=VALUE"),
        ({"impose": "potash_relief=1@25"}, "there is no turn 25, only 1 to 24"),
        ({"impose": ("potash_relief=1", "potash_relief=0")}, "imposed twice"),
    ],
)
def test_slips_are_answered_in_one_sentence(asked: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")) as caught:
        suppose("minsk", **asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"impose": "potash_relief=2"}, r"bounds are \[0, 1\]"),
        ({"impose": "potash_relief=1@2031-01"}, "outside the calendar"),
        ({"impose": "potash_relief=1@2024-12"}, "outside the calendar"),
        ({"impose": "release_exile=2.5"}, "whole units"),
        ({"impose": "potash_relief=1", "forbid": "potash_relief"}, "both forbidden and imposed"),
        ({"drop": "levers.embassy", "forbid": "embassy"}, "both dropped and forbidden"),
    ],
)
def test_what_a_lever_cannot_do_is_refused(asked: dict[str, str], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        suppose("minsk", **asked)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("potash_relief=1", "2025-01-01"),
        ("potash_relief=1@2025-09", "2025-09-01"),
        ("potash_relief=1@2025-09-17", "2025-09-17"),
        ("levers.potash_relief=1@9", "2025-09-01"),
    ],
)
def test_a_date_may_be_a_day_a_month_or_a_turn(text: str, day: str) -> None:
    what_if = suppose("minsk", impose=text).document.what_if
    assert what_if is not None
    assert what_if.impose["potash_relief"].on.isoformat() == day


@pytest.mark.parametrize("word", ["drop", "impose", "forbid"])
@pytest.mark.parametrize("given", [None, 5, ["captives", 2.0]])
def test_what_is_no_text_is_refused(word: str, given: object) -> None:
    with pytest.raises(UsageError, match=rf"^{word}: \w+ given for a text\. Give a name"):
        suppose("minsk", **{word: given})


def test_a_scenario_without_it_keeps_its_digest_and_its_text() -> None:
    minsk = load_scenario("minsk")
    assert "what_if" not in dump(minsk.document)
    changed = suppose(minsk, forbid="embassy")
    assert changed.digest == digest_of(changed.document) != minsk.digest
    assert set(minsk.numbers) == set(changed.numbers)


def test_it_can_be_written_in_a_file(tmp_path) -> None:
    changed = suppose("minsk", impose="potash_relief=1@2025-09", drop="captives", forbid="embassy")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "base.yaml").write_text(dump(changed.document), encoding="utf-8")
    (folder / "sources.bib").write_bytes(
        (load_scenario("minsk").path.parents[1] / "sources.bib").read_bytes()
    )
    assert load_scenario(folder / "base.yaml").digest == changed.digest


def test_two_suppositions_add_up() -> None:
    one = suppose(suppose("minsk", drop="captives"), forbid="embassy")
    assert one.digest == suppose("minsk", drop="captives", forbid="embassy").digest
    with pytest.raises(ScenarioError, match="both dropped and imposed"):
        suppose(suppose("minsk", drop="levers.embassy"), impose="embassy=1")


def test_the_second_side_of_a_comparison_is_named_after_what_is_supposed() -> None:
    minsk = load_scenario("minsk")
    (side,) = suppose_of_variants(minsk, (), impose="potash_relief=1@2025-09")
    assert side.name == "minsk with potash_relief=1@2025-09"
    assert side.variant_of == "minsk"
    assert suppose_of_variants(minsk, (minsk,)) == (minsk,)


def test_setting_a_salience_says_what_normalising_does_to_the_others() -> None:
    scenario = load_scenario("minsk", {"actors.minsk.salience.grip": 0.0})
    (said,) = [note for note in scenario.notes if "normalised" in note]
    assert "recognition 0.28 -> 0.378" in said  # 0.28 / 0.74
    assert "grip 0.26 -> 0," in said
    assert "--drop" in said
    raised = load_scenario("minsk", {"actors.minsk.salience.grip": 0.52})
    assert "revenue 0.24 -> 0.19" in raised.notes[-1]  # 0.24 / 1.26
    assert not load_scenario("minsk", {"actors.minsk.patience": 0.9}).notes


def test_a_variant_may_suppose_something(tmp_path) -> None:
    home = load_scenario("minsk").path.parent
    for name in ("base.yaml", "../sources.bib"):
        (tmp_path / Path(name).name).write_bytes((home / name).read_bytes())
    variant = {
        "format": 1,
        "title": "No embassy",
        "question": "What if the embassy stays shut?",
        "based_on": "base.yaml",
        "because": "A test.",
        "adds": {"what_if": {"forbid": ["embassy"], "drop": ["events.alaska_summit"]}},
    }
    (tmp_path / "shut.yaml").write_text(json.dumps(variant), encoding="utf-8")
    found = load_scenario(tmp_path / "shut.yaml").document.what_if
    assert found is not None
    assert found.forbid == ("embassy",)
    variant["adds"] = {"what_if": {"forbid": ["embasy"]}}
    (tmp_path / "shut.yaml").write_text(json.dumps(variant), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"what_if.forbid.0.*Did you mean embassy\?"):
        load_scenario(tmp_path / "shut.yaml")
