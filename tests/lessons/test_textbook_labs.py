"""Labs 10 and 11: what the engine answers is what a class works out on paper.

The answers come from runs. Here they are worked out once more, by hand, from the numbers of the
scenarios alone.
"""

import math

import pytest
from labs_at_hand import question_of, world_of

from minsksim import load_scenario


def answer(lab, key):
    return question_of(lab, key).answer(world_of(lab))


def numbers_of(reference):
    return {name: number.value for name, number in load_scenario(reference).numbers.items()}


def test_the_present_value_is_the_sum_of_the_months():
    given = numbers_of("hold_up")
    patience = given["actors.oakhill.patience"]
    monthly = given["interests.trade.terms.relief.effect"]
    by_hand = sum(monthly * patience**month for month in range(6))
    assert answer("paying_in_advance", "worth") == pytest.approx(by_hand, abs=1e-12)


def test_the_promise_is_broken_since_nothing_is_left_to_lose():
    given = numbers_of("hold_up")
    by_hand = given["actors.oakhill.audience_cost"] - given["levers.pipeline.cost.up"]
    assert by_hand < 0.0
    assert answer("paying_in_advance", "repair") == by_hand
    options = question_of("paying_in_advance", "delivers").options
    letter = answer("paying_in_advance", "delivers")
    assert options["abcd".index(letter)] == "Elmstead delivers, Oakhill does not"


def test_parts_are_counted_from_the_last_one():
    given = numbers_of("hold_up")
    cost, word = given["levers.pipeline.cost.up"], given["actors.oakhill.audience_cost"]
    assert answer("paying_in_advance", "parts") == math.ceil(cost / word)
    # with a cheap word the last of four is lost; a deadline in the third month makes that the last
    assert cost / 4 > 0.02
    assert answer("paying_in_advance", "cheap_word") == pytest.approx(3 / 4)
    assert answer("paying_in_advance", "deadline") == pytest.approx(2 / 4)
    options = question_of("paying_in_advance", "unwatched").options
    letter = answer("paying_in_advance", "unwatched")
    assert options["abcd".index(letter)] == "relief can be taken back"


def gains_of_lumps(reference, visit, licence, border):
    given = numbers_of(reference)
    return [
        sum(
            amount * given[f"interests.{side}.terms.{lever}.effect"]
            for lever, amount in (("visit", visit), ("licence", licence), ("border", border))
        )
        for side in ("alders_side", "birchs_side")
    ]


def test_the_package_has_the_largest_product_of_six():
    products = {
        (visit, licence): max(
            (
                (math.prod(gains), border)
                for border in (step / 240 for step in range(241))
                if min(gains := gains_of_lumps("indivisible_visit", visit, licence, border))
                >= -1e-12
            ),
            default=(-1.0, 0.0),
        )
        for visit in (0, 1)
        for licence in (0, 0.5, 1)
    }
    best = max(products, key=products.__getitem__)
    assert (*best, products[best][1]) == (1, 0.5, 1.0)
    options = question_of("lumps_and_outsiders", "package").options
    letter = answer("lumps_and_outsiders", "package")
    assert options["abcd".index(letter)] == "the visit, a limited licence and the whole border"


def test_without_the_visit_the_border_opens_half_way_between_its_edges():
    given = numbers_of("indivisible_visit/dear_visit")
    edges = [
        -given[f"interests.{side}.terms.licence.effect"]
        / given[f"interests.{side}.terms.border.effect"]
        for side in ("alders_side", "birchs_side")
    ]
    border = sum(edges) / 2
    assert answer("lumps_and_outsiders", "dear_visit") == pytest.approx(border, abs=1e-9)
    birch = gains_of_lumps("indivisible_visit/dear_visit", 0, 1, border)[1]
    assert answer("lumps_and_outsiders", "repair") == pytest.approx(birch, abs=1e-9)


def test_stakes_and_grants_are_halves_ceilings_and_what_is_left():
    given = numbers_of("outbid/two_ratifiers")
    cost = -given["interests.income.terms.harbour.effect"]
    surplus = given["interests.passage.terms.harbour.effect"] - cost
    ceiling = (
        given["interests.budget.terms.harbour.effect"]
        - given["channels.north_isle.ratification.north.treasury.needs"]
    )
    floor = given["channels.north_isle.ratification.north.friends.needs"]
    split = cost + surplus / 2
    assert floor <= ceiling < split
    by_hand = {
        "stake": surplus / 2,
        "both": surplus,
        "grant": ceiling,
        "tied_stake": ceiling - cost,
    }
    found = {key: answer("lumps_and_outsiders", key) for key in by_hand}
    assert found == pytest.approx(by_hand, abs=1e-3)


def test_a_question_tells_the_grant_that_the_runs_have():
    world, facts = (
        world_of("lumps_and_outsiders"),
        question_of("lumps_and_outsiders", "grant").facts,
    )
    error = question_of("lumps_and_outsiders", "grant").misconceptions[0]
    assert facts["untied_grant"](world) == pytest.approx(error.example(world))
