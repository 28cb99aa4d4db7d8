"""Loading: names, variants, settings, and what a scenario carries."""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from minsksim.errors import ScenarioError
from minsksim.scenario import (
    dump,
    json_schema,
    list_scenarios,
    load_scenario,
    source_table,
)
from minsksim.scenario.checks.events import end_of
from minsksim.scenario.find import shipped_names
from minsksim.scenario.schema import Calendar

VARIANT = "variants/free_transit.yaml"


def test_a_scenario_carries_numbers_places_and_works(pair: Path) -> None:
    scenario = load_scenario(pair)
    assert scenario.name == "pair"
    assert scenario.variant_of is None
    assert list(scenario.numbers)[:2] == [
        "actors.northland.patience",
        "actors.northland.rationality",
    ]
    assert {
        "levers.toll.step.up",
        "levers.toll.cost.down",
        "stocks.queue.inflows.arriving.rate",
        "interests.control.terms.inspections.rho",
        "influence.north_on_south.regard",
        "channels.border_commission.trust.northland.kept",
        "events.strike.hazard",
        "events.strike.effects.fewer_checks.shift",
    } <= set(scenario.numbers)
    place = scenario.positions["levers.toll.initial"]
    assert "initial: {value: 200" in pair.read_text().splitlines()[place.line - 1]
    assert scenario.bibliography["example_border_2025"].year == "2026"
    assert len(scenario.digest) == 64


def test_a_scenario_is_frozen(pair: Path) -> None:
    scenario = load_scenario(pair)
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        scenario.numbers["x"] = scenario.numbers["levers.toll.initial"]  # type: ignore[index]


def test_the_digest_follows_the_content_not_the_spelling(
    edit: Callable[..., Path], pair: Path
) -> None:
    original = load_scenario(pair).digest
    respelled = edit(
        "{value: 0.9, range: [0.8, 0.95], source: A1}",
        "{source: A1, range: [0.80, 9.5e-1], value: 0.90}",
    )
    assert load_scenario(respelled).digest == original
    changed = edit("turns: 12", "turns: 13")
    assert load_scenario(changed).digest != original


def test_a_variant_changes_adds_and_removes(home: Path) -> None:
    base, variant = load_scenario(home / "base.yaml"), load_scenario(home / VARIANT)
    assert (variant.name, variant.variant_of) == ("pair/free_transit", "pair")
    assert variant.because is not None
    assert variant.document.levers["toll"].initial.value == 0
    assert variant.document.stocks["queue"].initial is not None
    assert variant.document.stocks["queue"].initial.note == "Counted on one day."
    assert "strike" in base.document.events
    assert "strike" not in variant.document.events
    assert "V1" in variant.document.sources
    assert variant.positions["levers.toll.initial"].file.endswith("free_transit.yaml")
    assert variant.positions["levers.toll.bounds"].file.endswith("base.yaml")


def test_a_source_that_the_variant_makes_idle_goes_with_its_number(home: Path) -> None:
    variant = home / VARIANT
    variant.write_text(
        variant.read_text()
        .replace("  stocks.queue.initial.note: Counted on one day.\n", "")
        .replace(
            "changes:\n",
            "changes:\n  stocks.queue.initial: {value: 100, range: [50, 150], source: V1}\n",
        )
    )
    document = load_scenario(variant).document
    assert "S1" not in document.sources
    assert "A1" in document.sources


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "levers.toll.initial: {",
            "levers.tol.initial: {",
            "levers.tol does not exist in the base. Did you mean toll?",
        ),
        (
            "levers.toll.initial: {",
            "levers.toll.initail: {",
            "initail does not exist in the base. Did you mean initial?",
        ),
        (
            "levers.toll.initial: {",
            "levers.toll.bounds.1: 5\n  levers.toll.initial: {",
            "levers.toll.bounds is a list. Write the whole of it, under `changes`",
        ),
        (
            "- events.strike",
            "- levers.toll.owner.x",
            "levers.toll.owner is one value, with nothing in it. Change levers.toll.owner itself.",
        ),
        ("stocks.queue.initial.note:", "stocks.queue.label:", "exists already in the base."),
        ("- events.strike", "- events.strikes", "Did you mean strike?"),
        ("changes:\n  levers", "changes:\n  title: New\n  levers", "written in the variant itself"),
        ("because:", "becuase:", "unknown key. Did you mean because?"),
        ("based_on: ../base.yaml", "based_on: free_transit.yaml", "in the scenario's own folder"),
        ("based_on: ../base.yaml", "based_on: ../other.yaml", "names another variant"),
        ("based_on: ../base.yaml", "based_on: ../gone.yaml", "cannot be read: No such file"),
        ("value: 0, range: [0, 20]", "value: 30, range: [0, 20]", "outside its range [0, 20]"),
    ],
)
def test_a_difference_that_does_not_fit_is_a_fault(
    home: Path, old: str, new: str, sentence: str
) -> None:
    variant = home / VARIANT
    text = variant.read_text()
    (home / "other.yaml").write_text(text)
    assert text.count(old) == 1
    variant.write_text(text.replace(old, new))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(variant)
    assert sentence in str(caught.value)


TO_ISLE = {"by": "south", "to": "isle", "through": "south_isle"}
FOR_NORTH = {"by": "south", "needs": {"value": 0.1, "source": "D1"}}


@pytest.mark.parametrize(
    ("place", "adds"),
    [
        ("counter_offer", {"counter_offer": TO_ISLE}),
        ("counter_offer", {"counter_offer": {"second": TO_ISLE}}),
        ("counter_offer", {"counter_offer.second": TO_ISLE}),
        ("ratification.north", {"ratification.north": FOR_NORTH}),
        ("ratification.north", {"ratification.north.second": FOR_NORTH}),
    ],
)
def test_a_second_one_that_a_variant_adds_is_told_to_name_both(
    tmp_path: Path, place: str, adds: dict[str, Any]
) -> None:
    base = load_scenario("outbid").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    base["channels"]["north_isle"]["ratification"] = {"north": FOR_NORTH}
    (tmp_path / "variants").mkdir()
    (tmp_path / "sources.bib").touch()
    (tmp_path / "base.yaml").write_text(json.dumps(base))
    variant = {"format": 1, "title": "T", "question": "Q?", "based_on": "../base.yaml"}
    variant |= {"because": "It is so.", "adds": {f"channels.north_isle.{k}": adds[k] for k in adds}}
    file = tmp_path / "variants" / "v.yaml"
    file.write_text(json.dumps(variant))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    told = f"Write both by `changes` of channels.north_isle.{place}, each under a name of its own"
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_replace_numbers_and_structure(pair: Path) -> None:
    scenario = load_scenario(
        pair,
        [
            ("levers.toll.initial", "180"),
            ("channels.border_commission.protocol", "egalitarian"),
            ("channels.border_commission.open", "false"),
            ("calendar.turns", 6),
        ],
    )
    number = scenario.numbers["levers.toll.initial"]
    assert (number.value, number.range, number.source) == (180, (150, 250), "S1")
    channel = scenario.document.channels["border_commission"]
    assert (channel.protocol, channel.open) == ("egalitarian", False)
    assert scenario.document.calendar.turns == 6
    assert scenario.notes == ()


def test_a_setting_outside_the_range_is_noted(pair: Path) -> None:
    scenario = load_scenario(pair, {"levers.toll.initial": 290.0})
    assert scenario.numbers["levers.toll.initial"].range == (150, 290)
    assert "outside its range [150, 250]" in scenario.notes[0]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("levers.tol.initial", "1", "levers.tol does not exist. Did you mean toll?"),
        ("levers.toll.initail", "1", "unknown key. Did you mean initial?"),
        ("levers.toll.initial", "lots", "needs a number, as in levers.toll.initial=200"),
        ("levers.toll.initial", "true", "needs a number"),
        ("levers.toll.initial", "900", "the lever's bounds are [0, 300]"),
        ("actors.northland.patience", "1", "strictly between 0 and 1"),
        ("levers.toll.secret", "yes", "Write true or false"),
        ("levers.toll.secret", "true", "a secret lever needs `leak`"),
        ("calendar.turns", "0", "must be at least 1"),
        ("calendar.turns", "2.5", "must be a whole number"),
        ("channels.border_commission.protocol", "auction", "is not allowed here"),
        ("sources.A1.note", "x", "cannot be set"),
        ("format", "1", "cannot be set"),
        ("", "1", "no number has this name"),
        ("levers..x", "1", "does not exist"),
        ("levers.toll.bounds.1", "5", "levers.toll.bounds is a list. Set the whole of it, as in"),
        ("levers.toll.initial", "!!python/none", "a tag"),
        ("levers.toll.initial", float("nan"), "finite"),
        ("title", "x\x1b[2J", "invisible"),
    ],
)
def test_a_setting_that_does_not_fit(
    pair: Path, name: str, value: str | float, sentence: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(pair, {name: value})
    assert sentence in str(caught.value)
    assert "--set" in str(caught.value)


def test_opening_a_secret_drops_its_leak(edit: Callable[..., Path]) -> None:
    path = edit(
        "owner: northland",
        "owner: northland\n    secret: true\n    leak: {value: 0.1, range: [0, 0.5], source: A1}",
    )
    scenario = load_scenario(path, {"levers.toll.secret": False})
    assert scenario.document.levers["toll"].leak is None
    assert "leak was dropped" in scenario.notes[0]


@pytest.mark.parametrize("name", ["base.yaml", VARIANT])
def test_a_dumped_document_loads_as_itself(home: Path, name: str) -> None:
    scenario = load_scenario(home / name)
    again = home / "again.yaml"
    again.write_text(dump(scenario.document))
    assert load_scenario(again).document == scenario.document
    assert load_scenario(again).digest == scenario.digest


AWKWARD = [
    *("yes", "010", "1:30", "a: b", "# no", "- x", " lead", "trail ", "a\nb", "'q'", '"', "{", "~"),
    *("é", "<<", "2026-01-01", "on", "|", "x #y", "back\\slash", "\ttab", "a,b", "null", "=", "-1"),
]


@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_survives_a_dump(pair: Path, home: Path, text: str) -> None:
    document = load_scenario(pair).document
    spoiled = document.model_copy(update={"title": text, "summary": text + text})
    again = home / "again.yaml"
    again.write_text(dump(spoiled))
    assert load_scenario(again).document == spoiled


def test_the_source_table_has_every_number_with_its_origin(edit: Callable[..., Path]) -> None:
    path = edit(
        "initial: {value: 200, range: [150, 250], source: S1}",
        "initial: {value: 200, range: [150, 250], source: S1, note: Net of rebates., "
        "readings: [{value: 190, on: 2025-11-30, source: S1}, "
        "{value: 210, on: 2025-12-31, source: A1, note: A guess.}]}",
    )
    scenario = load_scenario(path)
    rows = {row.number: row for row in source_table(scenario)}
    assert list(rows) == list(scenario.numbers)
    row = rows["levers.toll.initial"]
    assert (row.kind, row.grade, row.cite, row.as_of) == (
        "measured",
        "A",
        "example_border_2025",
        "2025-12-31",
    )
    assert row.title.startswith("Border statistics")
    assert [(reading.value, reading.on.isoformat()) for reading in row.readings] == [
        (190, "2025-11-30"),
        (210, "2025-12-31"),
    ]


def test_the_schema_accepts_what_loads(home: Path) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.check_schema(json_schema())
    reader = YAML(typ="safe", pure=True)
    for name in ("base.yaml", VARIANT):
        tree = reader.load(
            (home / name)
            .read_text()
            .replace("2026-01-01", "'2026-01-01'")
            .replace("2025-12-31", "'2025-12-31'")
        )
        validator.validate(tree)
        tree["surprise"] = 1
        assert not validator.is_valid(tree)


def test_the_catalog_lists_each_base_with_its_variants() -> None:
    entries = list_scenarios()
    names = [
        name
        for entry in entries
        for name in (entry.name, *(variant.name for variant in entry.variants))
    ]
    assert tuple(names) == shipped_names()
    assert all(entry.title and entry.question for entry in entries)


def test_an_unknown_name_suggests_a_known_one() -> None:
    with pytest.raises(ScenarioError, match=r"minks: no shipped scenario .* minsk"):
        load_scenario("minks")


@pytest.mark.parametrize(
    ("start", "step", "turns", "end"),
    [
        ("2025-01-01", "month", 24, "2027-01-01"),
        ("2025-01-31", "month", 1, "2025-02-28"),
        ("2025-12-15", "month", 1, "2026-01-15"),
        ("2026-01-05", "week", 2, "2026-01-19"),
    ],
)
def test_the_calendar_ends_after_its_last_turn(start: str, step: str, turns: int, end: str) -> None:
    calendar = Calendar.model_validate({"start": start, "step": step, "turns": turns})
    assert end_of(calendar).isoformat() == end


def test_loading_needs_no_compiler_and_no_tables(pair: Path) -> None:
    program = (
        "import sys; from minsksim.scenario import load_scenario; "
        f"load_scenario({str(pair)!r}); "
        "sys.exit(any(name in sys.modules for name in "
        "('numba', 'numpy', 'pandas', 'matplotlib', 'mesa')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
