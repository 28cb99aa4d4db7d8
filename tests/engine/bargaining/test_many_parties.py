"""A table of three to five: the best package for all, kept or broken by each."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest
from scipy.optimize import minimize

from minsksim import compile_scenario, load_scenario, simulate
from minsksim.engine.record.run import Offer
from minsksim.model import Actor, Model
from minsksim.theory.nash_product import nash_mixture

NAMES = ("ada", "ben", "cid", "dot", "eve")


class Case:
    """A random table: each lever costs its owner and pleases or hurts the others."""

    def __init__(self, seed: int, parties: int, *, is_curved: bool) -> None:
        rng = np.random.default_rng([parties, seed])
        self.names, levers = NAMES[:parties], parties + 1
        self.owner = np.arange(levers) % parties
        weights = rng.uniform(-0.2, 1.0, (parties, levers))
        weights[self.owner, np.arange(levers)] = -rng.uniform(0.05, 0.5, levers)
        self.weights = weights / np.abs(weights).sum(axis=1, keepdims=True)
        self.raw = weights
        self.rho = rng.uniform(0.4, 0.9, levers) if is_curved else np.ones(levers)
        self.now = rng.choice([0.0, 0.2], levers)
        self.cost = rng.choice([0.0, 0.02], levers)
        self.patience = rng.uniform(0.7, 0.97, parties)
        kept = rng.uniform(1.0, 5.0, parties)
        self.trust = [(float(k), 1.0) for k in kept]
        self.faith = kept / (kept + 1.0)
        self.is_curved = is_curved

    def document(self, **of_room: Any) -> make.Plain:
        actors = {
            name: make.actor(
                {f"k{i}": float(self.raw[a, i]) for i in range(len(self.owner))},
                patience=float(self.patience[a]),
            )
            for a, name in enumerate(self.names)
        }
        levers = {
            f"l{i}": make.lever(
                self.names[owner],
                initial=float(self.now[i]),
                cost=(float(self.cost[i]), float(self.cost[i])),
            )
            for i, owner in enumerate(self.owner)
        }
        interests = {
            f"k{i}": make.interest(
                make.term(f"levers.l{i}", rho=float(rho) if self.is_curved else None)
            )
            for i, rho in enumerate(self.rho)
        }
        room = make.channel(self.names, tuple(levers), trust=tuple(self.trust))
        return make.document(
            actors, levers, interests, channels={"room": {**room, **of_room}}, turns=1
        )

    def gains(self, z: np.ndarray) -> np.ndarray:
        """Every party's gain from lever values (..., L), from the definition of utility."""
        change = np.maximum(z, 0.0) ** self.rho - self.now**self.rho
        felt = self.weights * change[..., None, :]
        is_own = self.owner[None, :] == np.arange(len(self.names))[:, None]
        felt = np.where(is_own, felt, felt * self.faith[:, None])
        return felt.sum(axis=-1) - (is_own * (self.cost * np.abs(z - self.now))[..., None, :]).sum(
            axis=-1
        )

    @property
    def share(self) -> np.ndarray:
        power = -1.0 / np.log(self.patience)
        return power / power.sum()

    def score(self, z: np.ndarray) -> float:
        gains = self.gains(z)
        return float(self.share @ np.log(gains)) if gains.min() > 0.0 else -np.inf


class Witness(Actor):
    """Writes down what it is offered and signs nothing."""

    offer: Offer | None = None

    def accepts(self, offer: Offer) -> bool:
        self.offer = offer
        return False


def offered(plain: make.Plain) -> Offer | None:
    model = Model(make.scenario(plain), actor_classes={"ada": Witness})
    model.step()
    witness = model.actors_by_name["ada"]
    assert isinstance(witness, Witness)
    return witness.offer


def values_of(case: Case, offer: Offer) -> np.ndarray:
    z = case.now.copy()
    for move in offer.moves:
        z[int(move.lever[1:])] = move.after
    return z


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("parties", [3, 4])
def test_a_linear_table_finds_the_best_mixture_of_packages(seed: int, parties: int) -> None:
    """Against theory/nash_product.py over every corner of the set of packages."""
    case = Case(seed, parties, is_curved=False)
    ends = [sorted({0.0, now, 1.0}) for now in case.now]
    corners = np.stack(np.meshgrid(*ends, indexing="ij"), axis=-1).reshape(-1, len(ends))
    points = case.gains(corners)
    best = nash_mixture(points, np.zeros(parties), case.share)
    offer = offered(case.document())
    if best is None or (best @ points).min() < 1e-6:
        assert offer is None or min(offer.gains.values()) < 1e-4
        return
    assert offer is not None
    found = case.gains(values_of(case, offer))
    np.testing.assert_allclose(found, list(offer.gains.values()), atol=1e-9)
    # a lever can stop half way between a rise and a fall of cost; packages are mixed, so below
    assert case.share @ np.log(found) >= case.share @ np.log(best @ points) - 1e-4


@pytest.mark.parametrize("seed", range(6))
def test_a_curved_table_is_not_bettered_by_a_general_optimiser(seed: int) -> None:
    case = Case(seed, 3, is_curved=True)
    offer = offered(case.document())
    rng = np.random.default_rng(seed)
    starts = rng.uniform(0.0, 1.0, (400, len(case.owner)))
    scores = np.array([case.score(z) for z in starts])
    if offer is None:
        assert not np.isfinite(scores).any()
        return
    found = case.score(values_of(case, offer))
    assert found >= scores.max() - 1e-9
    for start in (values_of(case, offer), *starts[np.argsort(scores)[-4:]]):
        done = minimize(
            lambda z: -max(case.score(np.clip(z, 0.0, 1.0)), -50.0),
            start,
            method="Nelder-Mead",
            options={"maxiter": 4000, "xatol": 1e-7, "fatol": 1e-10},
        )
        assert found >= case.score(np.clip(done.x, 0.0, 1.0)) - 1e-4


def test_a_reservation_bounds_the_package() -> None:
    case = Case(3, 3, is_curved=False)
    free = offered(case.document())
    assert free is not None
    plain = case.document()
    least = 1.1 * free.gains["ben"]
    plain["actors"]["ben"]["reservation"] = make.number(least)
    bound = offered(plain)
    assert bound is not None
    assert bound.gains["ben"] == pytest.approx(least, abs=1e-4)


def circle(**of_room: Any) -> make.Plain:
    """Each of three does something that costs it a little and pleases the next; turns 2."""
    names = NAMES[:3]
    actors = {
        name: make.actor({f"k{a}": -0.2, f"k{(a + 2) % 3}": 0.8}, audience_cost=0.01)
        for a, name in enumerate(names)
    }
    levers = {f"l{a}": make.lever(name, step=(0.5, 0.5)) for a, name in enumerate(names)}
    interests = {f"k{a}": make.interest(make.term(f"levers.l{a}")) for a in range(3)}
    room = make.channel(names, tuple(levers), trust=((1.0, 1.0),) * 3)
    return make.document(actors, levers, interests, channels={"room": {**room, **of_room}}, turns=2)


def test_all_keep_a_circle_that_no_two_could_make() -> None:
    """No pair has anything to trade here: each can only give to the one who cannot repay it."""
    run = Model(make.scenario(circle())).run()
    assert [dict(one.kept) for one in run.agreements] == [dict.fromkeys(NAMES[:3], True)] * 2
    assert run.agreements[0].parties == NAMES[:3]
    assert run.series[["levers.l0", "levers.l1", "levers.l2"]].iloc[-1].tolist() == [1.0] * 3
    pair = circle()
    pair["channels"]["room"] |= {"between": ["ada", "ben"], "table": ["l0", "l1"]}
    del pair["channels"]["room"]["trust"]["cid"]
    assert not Model(make.scenario(pair)).run().agreements


class Breaker(Actor):
    """Signs everything and keeps its word in the first turn alone."""

    def keeps(self, offer: Offer) -> bool:
        return self.model.turn == 1


def test_when_one_breaks_the_others_snap_back_and_remember() -> None:
    model = Model(make.scenario(circle()), actor_classes={"ben": Breaker})
    model.step()
    assert model.actors_by_name["ada"].trust_in("ben", "room") == pytest.approx(2 / 3)
    assert model.state.quantity[:3].tolist() == [0.5] * 3
    model.step()
    # ada and cid hold back what they promised now and take back what they gave before
    assert model.state.quantity[:3].tolist() == [0.0, 0.5, 0.0]
    assert model.agreements[-1].kept == {"ada": True, "ben": False, "cid": True}
    assert model.actors_by_name["ada"].trust_in("ben", "room") == pytest.approx(2 / 4)
    assert model.actors_by_name["ada"].trust_in("cid", "room") == pytest.approx(3 / 4)
    assert model.actors_by_name["ben"].trust_in("cid", "room") == pytest.approx(3 / 4)
    assert model.actors_by_name["ben"].terms["costs"] == pytest.approx(-0.01)
    assert model.actors_by_name["ada"].terms["costs"] == 0.0


def test_one_who_does_not_sign_stops_all() -> None:
    model = Model(make.scenario(circle()), actor_classes={"cid": Witness})
    run = model.run()
    assert not run.agreements
    assert run.series.iloc[-1].tolist()[:3] == [0.0] * 3


@pytest.mark.slow
def test_both_forms_have_the_same_bits() -> None:
    for case in (Case(1, 4, is_curved=True).document(), circle()):
        for name in case["actors"]:
            case["actors"][name]["rationality"] = make.number(40.0)
        case["calendar"]["turns"] = 3
        scenario = make.scenario(case)
        compiled = compile_scenario(scenario)
        rows = np.zeros(2, dtype=np.int64)
        block = simulate(compiled, compiled.numbers[None, :], rows, np.arange(2), 5, is_traced=True)
        assert block.series is not None
        assert block.agreements is not None
        for row in range(2):
            run = Model(scenario, seed=5, replication=row).run()
            assert np.array_equal(run.series.to_numpy(), block.series[row])
            mine = block.agreements.run == row
            kept = [list(one.kept.values()) for one in run.agreements]
            assert kept == (block.agreements.kept[mine] == 1).tolist()
            gains = [list(one.gains.values()) for one in run.agreements]
            assert np.array_equal(np.array(gains), block.agreements.gain[mine])


def test_evidence_from_outside_counts_about_everybody() -> None:
    plain = circle()
    effect = {"of": "trust.room.cid", "shift": make.number(-1.0)}
    plain["events"] = {"leak": make.event(effect, on="2026-01-01")}
    model = Model(make.scenario(plain), actor_classes={"ada": Witness})
    model.step()
    trust = model.actors_by_name["cid"].trust_in
    assert trust("ada", "room") == trust("ben", "room") == pytest.approx(1 / 3)
    assert model.actors_by_name["ada"].trust_in("cid", "room") == 0.5


def test_a_message_passes_between_any_two_at_a_table() -> None:
    plain = circle(quality=make.number(0.7))
    plain["measures"]["reach"] = {
        "label": "Access",
        "unit": "share",
        "of": ["access.ada.cid"],
        "take": "final",
    }
    plain["calendar"]["turns"] = 1
    assert Model(make.scenario(plain)).run().measures["reach"] == pytest.approx(0.7)


@pytest.mark.slow
def test_the_shipped_table_of_three_meets_and_signs() -> None:
    scenario = load_scenario("minsk/opposition_at_the_table")
    compiled = compile_scenario(scenario)
    rows = np.zeros(40, dtype=np.int64)
    block = simulate(compiled, compiled.numbers[None, :], rows, np.arange(40), 0, is_traced=True)
    assert block.agreements is not None
    table = block.agreements
    signed = table.channel == compiled.axes.channels.index("washington_minsk")
    assert signed.sum() > 40
    assert (table.gain[signed] >= 0.0).all()
    lever = compiled.axes.levers.index("opposition_contact")
    assert (table.after[signed][:, lever] != table.before[signed][:, lever]).any()
