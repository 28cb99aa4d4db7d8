"""Remarks from a few runs: what could move, agree or change, and did not."""

from __future__ import annotations

import generators as make
import pytest

from minsksim import load_scenario, remarks


def two_rooms() -> make.Plain:
    """Return a case in which ada and ben trade, and ada and cat have nothing to give."""
    return make.document(
        {
            "ada": make.actor({"of_x": -0.2, "of_y": 0.8}),
            "ben": make.actor({"of_x": 0.8, "of_y": -0.2}),
            "cat": make.actor({"of_z": -1.0, "idle": 0.1}),
        },
        {name: make.lever(who) for name, who in (("x", "ada"), ("y", "ben"), ("z", "cat"))}
        | {"stone": make.lever("cat")},
        {f"of_{name}": make.interest(make.term(f"levers.{name}")) for name in "xyz"}
        | {"idle": make.interest(make.term("levers.stone"))},
        channels={
            "market": make.channel(("ada", "ben"), ("x", "y")),
            "wall": make.channel(("ada", "cat"), ("z",)),
        },
    )


def test_a_few_runs_tell_what_never_happened_and_how_many_they_were() -> None:
    case = make.scenario(two_rooms())
    assert [one.of[0] for one in remarks(case)] == ["levers.stone"]
    tried = [one for one in remarks(case, 5) if one.kind == "tried"]
    assert [one.of[0] for one in tried] == [
        "levers.z", "channels.wall", "interests.of_z", "interests.idle",
    ]  # fmt: skip
    assert all("in 5 runs at the base numbers" in one.says for one in tried)


def test_what_happens_is_not_told() -> None:
    plain = two_rooms()
    plain["actors"]["ada"]["salience"]["of_z"] = make.number(0.5)
    plain["actors"]["cat"]["salience"]["of_z"] = make.number(0.1)
    tried = [one.of[0] for one in remarks(make.scenario(plain), 5) if one.kind == "tried"]
    assert tried == ["interests.idle"]


N = "channels.north_isle.ratification.north"
CASES = {
    "outbid": ("outbid", {}, "harbour", "South outbid North; 15 of 15 turns", "`counter_offer`"),
    "at home": (
        "outbid/two_ratifiers", {f"{N}.treasury.needs": 0.8},
        "harbour", "by The treasury; 15 of 15 turns", "`needs`",
    ),
    "a red line": (
        "red_line", {"stocks.pressure.initial": 100.0, "stocks.pressure.decay": 0.0},
        "relief", "Above 12 points of pressure Alder signs nothing; 60 of 60", "answers.red_line",
    ),
    "no meeting": (
        "split_the_pie", {"channels.table.quality": 0.0},
        "payment", "table did not meet (15 of 15 turns)", "`quality`",
    ),
    "no bid": (
        "outbid", {"interests.rivalry.terms.harbour.effect": -0.1},
        "subsidy", "south never made a counter-offer to a package of north_isle", "north_isle",
    ),
    "no package": (
        "outbid", {"interests.passage.terms.harbour.effect": 0.1},
        "subsidy", "south had no package of north_isle to bid against", "`table` of north_isle",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_stood_in_the_way_is_named_and_the_advice_is_about_it(name: str) -> None:
    reference, settings, lever, says, advice = CASES[name]
    told = {one.of[0]: one for one in remarks(load_scenario(reference, settings=settings), 5)}
    found = told[f"levers.{lever}"]
    if name != "no meeting":  # of a quality of 0 the file alone tells that it cannot move
        assert (says in found.says, advice in found.advice) == (True, True), found
        assert "name it in a term" not in found.advice
    channels = [one for key, one in told.items() if key.startswith("channels.")]
    assert any(says in one.says and advice in one.advice for one in channels)


def test_the_advice_names_no_answer_that_changes_nothing() -> None:
    """A ten-thousandth of a util beside a red line of one."""
    plain = load_scenario("red_line").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["answers"]["small"] = {
        "of": "actors.birch.reservation",
        "to": "stocks.pressure",
        "by": make.number(1e-4),
    }
    plain["stocks"]["pressure"]["initial"] = make.number(100.0)
    plain["stocks"]["pressure"]["decay"] = make.number(0.0)
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    told = [one for one in remarks(make.scenario(plain), runs=3) if one.kind == "tried"]
    advice = " ".join(one.advice for one in told)
    assert "`--drop answers.red_line`" in advice
    assert "small" not in advice


def outbid_with(**of_bid: object) -> make.Plain:
    """Return the outbid case with something else for the channel of the counter-offers."""
    plain = load_scenario("outbid").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    plain["channels"]["south_isle"] |= of_bid
    return plain


BIDS = {
    "blocked": (
        {"blocking": {"by": ["north"], "side_payments": True}},
        "others would have blocked the counter-offer of south; it made none "
        "(15 of 15 packages of north_isle)", "`blocking` of south_isle",
    ),
    "met another time": (
        {"meetings": {"on": ["2026-02-01"], "only_on": True}},
        "south and isle never met through south_isle in a turn with a package of north_isle",
        "Let south_isle meet when north_isle does",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BIDS)
def test_why_no_counter_offer_was_made_is_said_of_its_lever_and_its_channel(name: str) -> None:
    of_bid, says, advice = BIDS[name]
    plain = outbid_with(**of_bid)
    if name == "met another time":
        plain["channels"]["north_isle"]["meetings"] = {"on": ["2026-01-01"], "only_on": True}
    told = {one.of[0]: one for one in remarks(make.scenario(plain), 5)}
    for key in ("levers.subsidy", "channels.south_isle"):
        assert (says in told[key].says, advice in told[key].advice) == (True, True), told[key]


def test_what_is_promised_and_never_delivered_is_not_called_unwanted() -> None:
    plain = outbid_with()
    plain["actors"]["south"] |= {"audience_cost": make.number(0), "patience": make.number(0.01)}
    told = {one.of[0]: one for one in remarks(make.scenario(plain), 5)}["levers.subsidy"]
    assert "promised in 5 agreements and never delivered, since south broke every one" in told.says
    assert "`audience_cost`" in told.advice


@pytest.mark.parametrize("is_told_by_the_file", [True, False])
def test_that_a_channel_never_met_is_told_once_and_nothing_that_follows_from_it(
    is_told_by_the_file: bool,
) -> None:
    """Of a stock that holds 0.5 and a meeting that takes 1, and may take less over its range."""
    plain, least = outbid_with(), 1.0 if is_told_by_the_file else 0.1
    plain["stocks"] = {"visits": make.stock(0.5)}
    plain["channels"]["north_isle"]["meetings"] = {
        "spends": {"stock": "visits", "amount": make.number(1.0) | {"range": [least, 2.0]}}
    }
    told = [
        one for one in remarks(make.scenario(plain), 5) if one.kind not in ("unread", "product")
    ]
    assert [one.of[0] for one in told] == ["channels.north_isle"]
    assert told[0].kind == ("cannot_meet" if is_told_by_the_file else "tried")
    if not is_told_by_the_file:
        assert "could not meet" in told[0].says
        assert told[0].says.endswith("so south had no package to bid against.")


@pytest.mark.parametrize("how", ["two to bid against", "a table of its own"])
def test_a_channel_for_more_than_bids_to_one_that_never_met_is_told(how: str) -> None:
    plain = outbid_with()
    north_isle, south_isle = (plain["channels"][key] for key in ("north_isle", "south_isle"))
    if how == "two to bid against":
        plain["interests"]["rivalry"]["terms"]["harbour"]["effect"] = make.number(-0.1)
        plain["actors"]["far"] = make.actor({"passage": 1.0})
        plain["levers"]["toll"] = make.lever("far")
        idle = make.channel(("far", "isle"), ("toll",)) | {"quality": make.number(0.0)}
        plain["channels"]["idle"] = idle | {"counter_offer": north_isle["counter_offer"]}
    else:
        north_isle["quality"] = make.number(0.0)
        plain["levers"]["dues"] = make.lever("isle")
        south_isle["table"] = ["subsidy", "dues"]
    told = {one.of[0] for one in remarks(make.scenario(plain), 5)}
    assert "channels.south_isle" in told


def test_a_lever_on_the_table_of_a_closed_channel_is_not_told_to_go_on_a_table() -> None:
    plain = two_rooms()
    plain["channels"]["market"]["open"] = False
    told = {one.of[0]: one for one in remarks(make.scenario(plain))}
    assert (
        "the parties of market, where it is on the table, can never meet" in told["levers.x"].says
    )
    assert "Let the parties of market meet (`open`" in told["levers.x"].advice
    assert "it is on no table" in told["levers.stone"].says


def test_an_interest_that_stands_and_yet_counts_is_not_to_be_taken_away() -> None:
    """Without what North gains there is no package, and so nothing that South bids against."""
    stake = "What passage brings never changed in 5 runs at the base numbers"
    told = {one.of[0]: one for one in remarks("outbid", 5)}["interests.passage"]
    assert told.says.startswith(f"{stake}, and yet it counts: ")
    assert "nothing else" not in told.advice
    settings = {f"{N}.treasury.needs": 0.8, f"{N}.friends.needs": 0.0}
    case = load_scenario("outbid/two_ratifiers", settings=settings)
    told = {one.of[0]: one for one in remarks(case, 5)}
    assert "no quantity changed in these runs" in told["interests.aid"].advice
    assert "--drop interests.aid" in told["interests.aid"].advice


def test_who_outbids_or_refuses_for_an_interest_is_named() -> None:
    """Without a subsidy that costs South nothing, South's stake is all that it weighs."""
    plain = load_scenario("outbid").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    del plain["interests"]["rivalry"]["terms"]["subsidy"]
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    told = {one.of[0]: one for one in remarks(make.scenario(plain), 5)}
    assert "and yet it counts: south outbids a package" in told["interests.rivalry"].says
