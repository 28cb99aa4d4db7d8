"""What a scenario is made of, on one screen: no mechanism of its file is missing."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from minsksim import list_scenarios, load_scenario
from minsksim.cli import main
from minsksim.cli.render.flow_rows import event_rows, flow_rows, with_rows

NAMES = [one.name for entry in list_scenarios() for one in (entry, *entry.variants)]


def shown(name: str, width: int = 200) -> str:
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, ["show", name])
    assert done.exit_code == 0, done.output
    return done.stdout


def words(name: str) -> str:
    return " ".join(shown(name).split())


def test_dates_of_meetings_are_shown() -> None:
    assert "on 2026-07-15, spends 1 of visits" in words("scarce_visits")
    assert "on 2026-07-15 only" in words("scarce_visits/saved_for_the_summit")


def test_who_ratifies_and_who_may_outbid_is_shown() -> None:
    text = words("outbid/two_ratifiers")
    assert "north_isle ratifies for north treasury needs 0.2 utils" in text
    assert "north_isle ratifies for north friends needs 0.45 utils" in text
    assert "north_isle may outbid for isle south offers subsidy in south_isle" in text
    assert "may stop it south by paying for it" in words("outbid/side_payments")


def test_flows_and_refusals_are_shown() -> None:
    text = words("groups_of_people/refusers_go_home")
    assert "abroad held release_abroad 10%, enter at_home" in text
    assert "shares: held_citizens 0.1, held_prominent 0.2, held_others 0.7" in text
    assert "counts exiled into abroad, from held_prominent" in text
    assert "pressure outside 0.5 for each of arrests" in words("red_line")
    assert "Who refuses" not in shown("red_line")


def test_what_events_do_is_shown() -> None:
    assert "2026-06-10, for 3 turns shifts salience of line for larch by +0.9" in words(
        "scarce_visits"
    )
    text = words("minsk")
    assert "sets caracas_ties to 0.1; switches minsk_caracas off" in text
    assert "shifts the quality of washington_moscow by +0.1" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_part_has_a_row_and_the_screen_is_not_left(name: str) -> None:
    document = load_scenario(name).document
    flows = [flow for stock in document.stocks.values() for flow in stock.inflows]
    assert len(list(flow_rows(document))) == len(flows)
    assert all(row[-1] for row in event_rows(document))
    channels = document.channels.values()
    assert bool(list(with_rows(document))) == any(
        one.ratification or one.blocking or one.counter_offer for one in channels
    )
    for width in (80, 100):
        assert max(map(len, shown(name, width).splitlines())) <= width
