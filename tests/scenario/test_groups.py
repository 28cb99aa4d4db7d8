"""Groups and refusals in a scenario file: what is refused, and that a file comes back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsksim import ScenarioError
from minsksim.scenario import load_scenario
from minsksim.scenario.dump import dump
from minsksim.scenario.number_labels import number_label

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "scenarios/groups_of_people/base.yaml"
HELD = "groups: [held_citizens, held_prominent, held_others]"
EXILED = "        from: held\n        by: release_abroad\n"
ONE = "{value: 1, source: D1}"

FAULTS = [
    (HELD, "groups: [held_citizens]", "stocks.held.groups", "needs two groups or more"),
    (HELD, f"{HELD}\n    initial: {ONE}", "stocks.held", "holds nothing of its own"),
    (
        HELD,
        "groups: [held_citizens, held_prominent, held_other]",
        "stocks.held.groups.2",
        "held_other is no stock that can be a group. Did you mean held_others?",
    ),
    (
        HELD,
        "groups: [held_citizens, held_citizens, held_others]",
        "stocks.held.groups.1",
        "named twice",
    ),
    (HELD, "groups: [held_citizens, refused]", "stocks.held.groups.1", "refused is no stock"),
    (
        "          held_citizens: {value: 0.1, range: [0.05, 0.3], source: D1}\n",
        "",
        "stocks.held.inflows.arrests.shares",
        "say nothing of held_citizens",
    ),
    (
        "held_citizens: {value: 0.1,",
        "at_home: {value: 0.1,",
        "stocks.held.inflows.arrests.shares.at_home",
        "at_home has no part in this flow",
    ),
    (
        "held_citizens: {value: 0.1, range: [0.05",
        "held_citizens: {value: 0, range: [0",
        "stocks.held.inflows.arrests.shares.held_citizens",
        "it must be above 0",
    ),
    (
        EXILED,
        "        from: held_others\n        by: release_abroad\n"
        f"        shares: {{held_others: {ONE}}}\n",
        "stocks.abroad.inflows.exiled.shares",
        "nothing is divided",
    ),
    (
        EXILED,
        "        from: []\n        by: release_abroad\n",
        "stocks.abroad.inflows.exiled.from",
        "is empty. Name the stock that is left, or remove `from`",
    ),
    (
        "held_citizens: {value: 0.1, range: [0.05, 0.3]",
        "held_citizens: {value: 1e308, range: [0.05, 1e308]",
        "stocks.held.inflows.arrests.shares.held_citizens",
        "1e+308 is not allowed; it must be above 0, from 1e-6 to 1e6: only the ratios",
    ),
    (
        EXILED,
        "        from: [held_others]\n        by: release_abroad\n",
        "stocks.abroad.inflows.exiled.from",
        "two stocks or more",
    ),
    (
        EXILED,
        "        from: [held_others, held]\n        by: release_abroad\n",
        "stocks.abroad.inflows.exiled.from.1",
        "held is no stock to draw on",
    ),
    (
        EXILED,
        "        from: [held_others, held_others]\n        by: release_abroad\n",
        "stocks.abroad.inflows.exiled.from.1",
        "named twice",
    ),
    (
        "        by: arrests\n",
        "        by: arrests\n        from: [abroad, at_home]\n",
        "stocks.held.inflows.arrests",
        "nobody could say who goes where",
    ),
    (
        "refusals: {share",
        "refusals: {to: abroad, share",
        "stocks.abroad.inflows.exiled.refusals.to",
        "abroad is where the others go",
    ),
    (
        "refusals: {share",
        "refusals: {to: held_others, share",
        "stocks.abroad.inflows.exiled.refusals.to",
        "is one of several stocks that are left",
    ),
    (
        "refusals: {share",
        "refusals: {to: athome, share",
        "stocks.abroad.inflows.exiled.refusals.to",
        "athome is no stock to enter. Did you mean at_home?",
    ),
    (
        "refusals: {share: {value: 0.1, range: [0, 0.3]",
        "refusals: {share: {value: 1.1, range: [0, 1.3]",
        "stocks.abroad.inflows.exiled.refusals.share",
        "it must lie between 0 and 1",
    ),
    (
        "refusals: {share",
        f"refusals: {{answers: {{to: stocks.nowhere, by: {ONE}}}, share",
        "stocks.abroad.inflows.exiled.refusals.answers.to",
        "there is no nowhere",
    ),
    (
        "        by: arrests\n",
        f"        by: arrests\n        refusals: {{share: {ONE}}}\n",
        "stocks.held.inflows.arrests.refusals",
        "cannot refuse to. Add `from`",
    ),
    (
        "exiled.from.held_prominent",
        "exiled.from.held_prominents",
        "stocks.prominent_abroad.counts.0",
        "Did you mean stocks.abroad.inflows.exiled.from.held_prominent?",
    ),
    (
        "of: [stocks.held], take: final",
        "of: [stocks.held, stocks.held_others], take: final",
        "measures.held_final.of",
        "held_others is counted in stocks.held already",
    ),
    (
        "measures:\n",
        "events:\n  e: {label: E, source: D1, on: 2030-02-01, effects: {f: "
        f"{{of: stocks.held, set: {ONE}}}}}}}\nmeasures:\n",
        "events.e.effects.f.of",
        "held is a sum. Name one of its groups: held_citizens",
    ),
    (
        "label: Others held\n    unit: people",
        "label: Others held\n    unit: tonnes",
        "stocks.held.groups.2",
        "held_others holds whole tonnes, held whole people",
    ),
]


def edited(tmp_path: Path, old: str, new: str) -> Path:
    text = BASE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "base.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    (tmp_path / "sources.bib").touch()
    return path


@pytest.mark.parametrize(
    ("old", "new", "key", "says"), FAULTS, ids=[f"{key}: {says[:30]}" for _, _, key, says in FAULTS]
)
def test_each_fault_says_what_where_and_how(
    tmp_path: Path, old: str, new: str, key: str, says: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(edited(tmp_path, old, new))
    lines = [line for line in str(caught.value).splitlines() if f" {key}: " in line]
    assert any(says in line for line in lines), str(caught.value)
    assert all(line.rstrip().endswith((".", "?")) for line in lines)


def test_a_list_of_stocks_and_their_weights_are_read(tmp_path: Path) -> None:
    new = (
        "        from: [held_prominent, held_others]\n        by: release_abroad\n"
        f"        shares: {{held_prominent: {ONE}, held_others: {ONE}}}\n"
    )
    scenario = load_scenario(edited(tmp_path, EXILED, new))
    flow = scenario.document.stocks["abroad"].inflows["exiled"]
    assert flow.origin == ("held_prominent", "held_others")
    name = "stocks.abroad.inflows.exiled.shares.held_prominent"
    assert scenario.numbers[name].value == 1
    assert number_label(scenario.document, name) == (
        "Released into exile: inflows, exiled, shares, held prominent"
    )


@pytest.mark.parametrize(
    "name",
    [
        "groups_of_people",
        "groups_of_people/refusers_go_home",
        "groups_of_people/arrests_go_on",
    ],
)
def test_what_is_dumped_loads_as_the_same(tmp_path: Path, name: str) -> None:
    scenario = load_scenario(name)
    path = tmp_path / "base.yaml"
    path.write_text(dump(scenario.document), encoding="utf-8")
    (tmp_path / "sources.bib").touch()
    assert load_scenario(path).document == scenario.document


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HELD, "groups: [held_citizens, held_citizens, held_others]"),
        (HELD, "groups: [held_citizens]"),
        (EXILED, "        from: []\n        by: release_abroad\n"),
        (EXILED, "        from: [held_citizens, held_citizens]\n        by: release_abroad\n"),
    ],
)
def test_one_slip_in_a_list_of_groups_is_told_once(tmp_path: Path, old: str, new: str) -> None:
    """Shares, refusals and counts that hang on the list are looked at once it is right."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(edited(tmp_path, old, new))
    assert len(str(caught.value).splitlines()) == 1


def test_what_a_sum_or_a_count_holds_cannot_be_set() -> None:
    told = "held is the sum of its groups. Set these instead: stocks.held_citizens.initial, "
    with pytest.raises(ScenarioError, match=f"--set stocks.held.initial: {told}"):
        load_scenario(BASE, {"stocks.held.initial": 50})
    with pytest.raises(ScenarioError, match=r"--set stocks\.refused\.initial: refused only counts"):
        load_scenario(BASE, {"stocks.refused.initial": 50})
