"""Ratifiers at home bound what is agreed, and outsiders who can pay block what harms them more."""

from __future__ import annotations

from collections.abc import Sequence

import generators as make
import numpy as np
import pytest
import random_tables as tables
from test_protocols import pie, shares

from minsksim.model import Model
from minsksim.rules.blocking import goes_ahead
from minsksim.rules.ratification import nearest_assent
from minsksim.rules.zeuthen import CONCESSIONS
from minsksim.theory.ratification import ratified_kalai_smorodinsky, ratified_nash
from minsksim.vocabulary import PROTOCOLS


def ratified(home: float, foreign: float, protocol: str) -> make.Plain:
    """The pie, with a legislature on either side that wants what its side wants."""
    plain = pie(protocol=protocol)
    needs = {"ada": ("senate", home), "ben": ("sejm", foreign)}
    for party, (name, _) in needs.items():
        plain["actors"][name] = {**plain["actors"][party], "label": name}
    scale = {"ada": 0.5, "ben": 1.0}  # utils of a pie: ada weighs two interests alike
    plain["channels"]["room"]["ratification"] = {
        party: {"by": name, "needs": make.number(least * scale[party])}
        for party, (name, least) in needs.items()
    }
    return plain


WIN_SETS = [(0.6, 0.0), (0.3, 0.3), (0.7, 0.2), (0.0, 0.7), (0.5, 0.5)]


@pytest.mark.parametrize(("home", "foreign"), WIN_SETS)
def test_ratified_shares_of_a_pie(home: float, foreign: float) -> None:
    """S6: Nash clip(1/2, r_H, 1 - r_F), Kalai-Smorodinsky (1 - r_F) / (2 - r_H - r_F)."""
    for protocol, rule in (
        ("nash", ratified_nash),
        ("kalai_smorodinsky", ratified_kalai_smorodinsky),
    ):
        expected = rule(home, foreign)
        assert shares(ratified(home, foreign, protocol))[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("protocol", ["nash", "alternating_offers", "zeuthen", "ultimatum"])
def test_schellings_conjecture(protocol: str) -> None:
    """The share does not fall in what one's own legislature needs, until talks break down."""
    found = [shares(ratified(home, 0.2, protocol))[0] for home in np.linspace(0.0, 0.79, 9)]
    step = 1 / CONCESSIONS if protocol == "zeuthen" else 1e-9
    assert (np.diff(found) >= -step).all()
    assert 0.79 - 1e-6 <= found[-1] <= 0.8 + 1e-6
    assert found[-1] > found[0] - step
    assert tables.offered(ratified(0.81, 0.2, protocol)) is None


@pytest.mark.parametrize("i", range(10))
def test_a_ratifier_gets_what_it_needs_or_nothing_is_agreed(i: int) -> None:
    """Random cases with curved levers; the ratifier weighs the levers its own way."""
    rng = np.random.default_rng([7, i])
    case = tables.draw(rng, "concave" if i % 2 else "linear", 3)
    needs = float(rng.uniform(0.0, 0.05))
    plain = case.document("nash")
    weights = {name: float(rng.uniform(-1.0, 1.0)) for name in plain["interests"]}
    plain["actors"]["home"] = make.actor(weights)
    plain["channels"]["room"]["ratification"] = {"ada": {"by": "home", "needs": make.number(needs)}}
    model = Model(make.scenario(plain), actor_classes={"ada": tables.Witness})
    model.step()
    witness = model.actors_by_name["ada"]
    assert isinstance(witness, tables.Witness)
    bound = witness.offer
    if bound is None:
        return
    home = model.actors_by_name["home"]
    faith = case.table("nash").trust[0]
    total = sum(
        home.payoff_of(move.lever, move.after) * (1.0 if move.owner == "ada" else faith)
        for move in bound.moves
    )
    assert total >= needs - 1e-5


@pytest.mark.parametrize("reservation", [0.0, 0.3])
@pytest.mark.parametrize("protocol", ["nash", "kalai_smorodinsky", "egalitarian", "ultimatum"])
def test_a_ratifier_that_never_objects_changes_nothing(protocol: str, reservation: float) -> None:
    """The reservations bound what is agreed with a legislature as they do without one."""
    found = []
    for plain in (pie(protocol=protocol), ratified(0.0, 0.0, protocol)):
        plain["actors"]["ben"]["reservation"] = make.number(reservation)
        found.append(shares(plain)[0])
    assert found[1] == pytest.approx(found[0], abs=1e-9)


def test_assent_looks_on_both_sides() -> None:
    """A ratifier that likes both ends and not the middle sends the parties to the nearer end."""
    homes, needs = np.array([[1.0, 0.0, 1.0]]), np.array([0.5])
    assert nearest_assent(homes, 2, needs, 0.0, 2.0, 0.9) == 0.5
    assert nearest_assent(homes, 2, needs, 0.0, 2.0, 1.1) == 1.5
    assert nearest_assent(homes, 2, needs, 0.6, 1.4, 1.1) == -1.0
    assert nearest_assent(homes, 2, np.array([float("-inf")]), 0.0, 2.0, 1.1) == 1.1
    assert nearest_assent(homes, 2, needs, 2.0, 2.0, 2.0) == 2.0


def several(needs: Sequence[float], protocol: str) -> make.Plain:
    """The pie; at home ada has some who like what she likes, and one who likes what ben likes."""
    plain = pie(protocol=protocol)
    home = {}
    for at, least in enumerate(needs):
        like = "ben" if at == len(needs) - 1 else "ada"
        plain["actors"][f"h{at}"] = {**plain["actors"][like], "label": f"h{at}"}
        scale = 1.0 if like == "ben" else 0.5
        home[f"house_{at}"] = {"by": f"h{at}", "needs": make.number(least * scale)}
    plain["channels"]["room"]["ratification"] = {"ada": home}
    return plain


@pytest.mark.parametrize("protocol", ["nash", "kalai_smorodinsky", "ultimatum"])
@pytest.mark.parametrize("needs", [(0.6, 0.0), (0.1, 0.7, 0.2), (0.3, 0.6, 0.55, 0.3), (0.1, 0.9)])
def test_the_strictest_on_either_side_bounds_the_share(
    needs: tuple[float, ...], protocol: str
) -> None:
    """Of several who want the same, only the one that needs most matters."""
    found = shares(several(needs, protocol))[0]
    assert found == pytest.approx(
        shares(ratified(max(needs[:-1]), needs[-1], protocol))[0], abs=1e-9
    )
    assert max(needs[:-1]) - 1e-9 <= found <= 1.0 - needs[-1] + 1e-9


def test_several_who_want_what_does_not_go_together_ratify_nothing() -> None:
    assert tables.offered(several((0.6, 0.2, 0.5), "nash")) is None
    run = Model(make.scenario(several((0.6, 0.2, 0.5), "nash"))).run()
    assert {one.ending for one in run.meetings} == {"not_ratified"}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_one_by_name_is_the_single_form(protocol: str) -> None:
    """Both ways to write one ratifier give the same run, bit for bit."""
    plain = ratified(0.55, 0.1, protocol)
    named = ratified(0.55, 0.1, protocol)
    named["channels"]["room"]["ratification"] = {
        party: {"at_home": one} for party, one in plain["channels"]["room"]["ratification"].items()
    }
    one, two = (Model(make.scenario(each)).run() for each in (plain, named))
    assert one.agreements == two.agreements
    assert one.series.equals(two.series)
    assert "channels.room.ratification.ada.at_home.needs" in make.scenario(named).numbers


def harmful(surplus: float, harm: float, *, side_payments: bool) -> make.Plain:
    """Ada and ben gain ``surplus`` together by what costs cid ``harm``; utils are halved."""
    actors = {
        name: make.actor({"work": surplus / 2, "idle": 2.0 - surplus / 2})
        for name in ("ada", "ben")
    } | {
        "cid": make.actor({"work": -harm, "idle": 2.0 - harm}),
    }
    levers = {"work": make.lever("ben"), "idle": make.lever("cid")}
    interests = {name: make.interest(make.term(f"levers.{name}")) for name in levers}
    room = make.channel(("ada", "ben"), ("work",))
    room["blocking"] = {"by": ["cid"], "side_payments": side_payments}
    counts = {
        name: {"label": name, "unit": unit, "of": [f"{name}.room"], "take": "total"}
        for name, unit in (("agreements", "agreements"), ("blocked", "packages"))
    }
    plain = make.document(actors, levers, interests, channels={"room": room}, turns=1)
    return {**plain, "measures": counts}


@pytest.mark.parametrize("side_payments", [True, False])
@pytest.mark.parametrize(("surplus", "harm"), [(0.4, 0.6), (0.6, 0.4), (0.5, 0.499), (0.5, 0.501)])
def test_blocked_iff_the_harm_exceeds_the_surplus(
    surplus: float, harm: float, side_payments: bool
) -> None:
    """B10 at a table of the engine."""
    plain = harmful(surplus, harm, side_payments=side_payments)
    run = Model(make.scenario(plain)).run()
    is_made = goes_ahead(surplus, harm, can_pay=side_payments)
    assert run.measures == {"agreements": float(is_made), "blocked": float(not is_made)}
    assert len(run.agreements) == is_made
    for agreement in run.agreements:
        # one account each, though the ledger was looked at before signing
        assert agreement.externalities == pytest.approx(
            {"ada": surplus / 4, "ben": surplus / 4, "cid": -harm / 2}, abs=1e-12
        )


def test_the_inefficient_share_is_one_half() -> None:
    """B10: S and h even on [0, 1]; without payments what harms more than it brings is agreed."""
    made = {True: 0, False: 0}
    grid = (np.arange(6) + 0.5) / 6
    wasteful = 0
    for surplus in grid:
        for harm in grid + 0.01:
            for side_payments in made:
                plain = harmful(surplus, harm, side_payments=side_payments)
                is_made = bool(Model(make.scenario(plain)).run().agreements)
                made[side_payments] += is_made
                wasteful += is_made and harm > surplus
    assert made[False] == 36
    # off the diagonal exactly half; on it the harm is a hundredth larger here
    assert wasteful == 36 - made[True] == 15 + 6
