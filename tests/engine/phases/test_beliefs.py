"""Private types and beliefs: Bayes by hand, beliefs that are right on average, and limits."""

from __future__ import annotations

import math
from typing import Any

import generators as make
import numpy as np
import pytest

from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import Block, simulate
from minsksim.engine.record.run import Offer
from minsksim.model import Actor, Model
from minsksim.scenario import load_scenario

LOW, HIGH = 0.35, 0.9
RATIONALITY = 12.0


def case(
    *, by: str = "ben", prior: float = 0.4, truth: str | None = None, turns: int = 6, **room: Any
) -> make.Plain:
    """Ada raises x for ben, ben y for ada; how much she cares for y is her own secret."""
    plain = make.document(
        {
            "ada": make.actor({"x": -0.4, "y": 0.5}, rationality=RATIONALITY, patience=0.99),
            "ben": make.actor({"x": 0.8, "y": -0.2}, rationality=RATIONALITY, patience=0.99),
        },
        {
            "x": make.lever("ada", more={"persistence": "momentary"}),
            "y": make.lever("ben", more={"persistence": "momentary"}),
        },
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"), **room)},
        turns=turns,
        more={"beliefs": {"care": make.belief("ada", by, "y", (LOW, HIGH), prior=prior)}},
    )
    if truth is not None:
        plain["beliefs"]["care"]["truth"] = truth
    plain["measures"]["belief"] = {
        "label": "Belief, only as good as the simulator",
        "unit": "posterior",
        "of": ["beliefs.care"],
        "take": "final",
    }
    return plain


def trace(plain: make.Plain, runs: int) -> tuple[Compiled, Block]:
    compiled = compile_scenario(make.scenario(plain))
    rows = np.zeros(runs, int)
    return compiled, simulate(
        compiled, compiled.numbers[None], rows, np.arange(runs), 0, is_traced=True
    )


def beliefs(block: Block) -> np.ndarray:
    """Return the belief of every run by turn; it is the last quantity."""
    assert block.series is not None
    return block.series[:, :, -1]


def is_high(plain: make.Plain, runs: int) -> np.ndarray:
    """Return which runs drew the high type, from the utility weights themselves."""
    found = []
    for replication in range(runs):
        model = make.model(plain, replication=replication)
        found.append(model.actors_by_name["ada"].salience["y"] > 0.6)
    return np.array(found)


class Witness(Actor):
    """Ben, writing down what is offered and what ada answers."""

    offer: Offer | None = None

    def accepts(self, offer: Offer) -> bool:
        self.offer = offer
        return super().accepts(offer)


def chance(offer: Offer, care: float) -> float:
    """Return how likely ada accepts an offer if she cares so much for y."""
    x, y = ({move.lever: move.after for move in offer.moves}.get(name, 0.0) for name in "xy")
    gain = (care * y - 0.4 * x) / (care + 0.4)
    return 0.0 if gain < 0.0 else 1.0 / (1.0 + math.exp(-RATIONALITY * gain))


@pytest.mark.parametrize("replication", range(8))
def test_the_posterior_is_the_rule_of_bayes(replication: int) -> None:
    model = Model(make.scenario(case()), replication=replication, actor_classes={"ben": Witness})
    ben, belief = model.actors_by_name["ben"], 0.4
    assert isinstance(ben, Witness)
    for _ in range(4):
        model.step()
        assert ben.offer is not None
        high, low = chance(ben.offer, HIGH), chance(ben.offer, LOW)
        if model.state.has_accepted[0, 0] == 0:
            high, low = 1.0 - high, 1.0 - low
        belief = belief * high / (belief * high + (1.0 - belief) * low)
        assert model.state.quantity[-1] == pytest.approx(belief, rel=1e-9)


def test_packages_are_put_together_on_the_expected_salience() -> None:
    """The offer is that of a case in which ada's weights are the belief's mean of both types."""
    model = Model(make.scenario(case(truth="low")), actor_classes={"ben": Witness})
    model.step()
    low, high = (np.array([-0.4, care]) / (0.4 + care) for care in (LOW, HIGH))
    x, y = 0.6 * low + 0.4 * high
    plain = case()
    del plain["beliefs"], plain["measures"]["belief"]
    plain["actors"]["ada"]["salience"] = {"x": make.number(x), "y": make.number(y)}
    known = Model(make.scenario(plain), actor_classes={"ben": Witness})
    known.step()
    ours, theirs = (one.actors_by_name["ben"].offer for one in (model, known))  # type: ignore[attr-defined]
    assert [(m.lever, m.after) for m in ours.moves] == [
        (m.lever, pytest.approx(m.after)) for m in theirs.moves
    ]


def test_no_package_below_the_true_reservation_is_accepted() -> None:
    """Ben is nearly sure that ada cares; she does not, and would pay for being taken at that."""
    plain = case(prior=0.97, truth="low", turns=3, protocol="take_it_or_leave_it")
    plain["channels"]["room"]["between"] = ["ben", "ada"]
    for actor in plain["actors"].values():
        actor["rationality"] = make.number(make.ALWAYS)
    run = make.model(plain).run()
    assert all(one.gains["ada"] >= 0.0 for one in run.agreements)
    assert run.measures["belief"] < 0.97
    plain["beliefs"]["care"]["truth"] = "high"
    assert make.model(plain).run().agreements[0].turn == 1


@pytest.mark.slow
@pytest.mark.parametrize("by", ["ben", "public"])
def test_beliefs_are_right_on_average_and_calibrated(by: str) -> None:
    """If the type is drawn from the prior, the mean belief stays the prior in every turn."""
    plain = case(by=by, turns=8, quality=0.7)
    runs = 2000
    _, block = trace(plain, runs)
    path = beliefs(block)
    error = path.std(axis=0) / np.sqrt(runs)
    assert np.all(np.abs(path.mean(axis=0) - 0.4) <= 4.0 * error + 1e-12)
    assert path[:, -1].std() > 0.1
    high = is_high(plain, runs)
    assert high.mean() == pytest.approx(0.4, abs=0.04)
    for lowest in np.quantile(path[:, -1], [0.0, 0.25, 0.5, 0.75]):
        near = (path[:, -1] >= lowest) & (path[:, -1] <= lowest + 0.15)
        if near.sum() > 100:
            spread = 4.0 * 0.5 / np.sqrt(near.sum())
            assert high[near].mean() == pytest.approx(path[near, -1].mean(), abs=spread)


@pytest.mark.parametrize(("truth", "way"), [("high", 1.0), ("low", -1.0)])
def test_offers_that_tell_the_types_apart_lead_to_the_truth(truth: str, way: float) -> None:
    _, block = trace(case(truth=truth, turns=60), 200)
    mean = beliefs(block).mean(axis=0)
    error = np.abs(mean - (1.0 if truth == "high" else 0.0))
    assert way * (mean[1] - mean[0]) > 0.02
    assert error[60] < 0.01 < error[2] < error[0]


@pytest.mark.parametrize(("prior", "care"), [(0.0, LOW), (1.0, HIGH)])
@pytest.mark.parametrize("by", ["ben", "public"])
def test_who_is_certain_bargains_as_if_nothing_were_private(
    prior: float, care: float, by: str
) -> None:
    """A degenerate prior changes no bit, and is never shaken."""
    _, block = trace(case(prior=prior, by=by, turns=10), 50)
    assert np.all(beliefs(block) == prior)
    plain = case(turns=10)
    del plain["beliefs"], plain["measures"]["belief"]
    plain["actors"]["ada"]["salience"]["y"] = make.number(care)
    _, known = trace(plain, 50)
    assert block.series is not None
    assert known.series is not None
    assert known.utilities is not None
    assert block.utilities is not None
    assert block.series[:, :, :-1].tobytes() == known.series.tobytes()
    assert block.utilities.tobytes() == known.utilities.tobytes()
    assert block.measures[:, 0].tobytes() == known.measures[:, 0].tobytes()


def test_the_public_learns_nothing_from_a_secret_channel() -> None:
    plain = case(by="public")
    plain["channels"]["room"]["public"] = False
    plain["actors"]["carl"] = make.actor({"x": 1.0})
    plain["levers"]["z"] = make.lever("carl")
    plain["channels"]["square"] = make.channel(("ada", "carl"), ("z",))
    plain["interests"]["z"] = make.interest(make.term("levers.z"))
    plain["actors"]["carl"]["salience"]["z"] = make.number(-1.0)
    _, block = trace(plain, 20)
    assert np.all(beliefs(block) == 0.4)


def test_the_public_sees_only_whether_an_agreement_is_made() -> None:
    """Two runs with the same agreements leave the same belief, whoever refused or did not meet."""
    _, block = trace(case(by="public", quality=0.5, turns=1), 400)
    assert block.agreements is not None
    made = np.zeros(400, bool)
    made[block.agreements.run] = True
    after = beliefs(block)[:, 1]
    assert len(set(after[made])) == len(set(after[~made])) == 1
    assert after[made][0] != after[~made][0]


def test_the_public_learns_nothing_where_nobody_could_meet() -> None:
    """They meet in January and in May; what the public sees of the other months is no news."""
    plain = case(by="public")
    dates = ["2026-01-01", "2026-05-01"]
    plain["channels"]["room"]["meetings"] = {"on": dates, "only_on": True}
    _, block = trace(plain, 50)
    moves = np.diff(beliefs(block), axis=1) != 0.0
    assert moves[:, [0, 4]].any(axis=0).all()
    assert not moves[:, [1, 2, 3, 5]].any()


@pytest.mark.parametrize("by", ["ben", "public"])
@pytest.mark.parametrize("replication", range(3))
def test_both_forms_have_the_same_bits(by: str, replication: int) -> None:
    plain = case(by=by, turns=12, quality=0.8, tranches=2)
    compiled, block = trace(plain, 3)
    run = make.model(plain, replication=replication).run()
    assert block.series is not None
    assert block.utilities is not None
    assert run.series.to_numpy().tobytes() == block.series[replication].tobytes()
    assert run.utilities.to_numpy().tobytes() == block.utilities[replication].tobytes()
    assert run.measures["belief"] == block.measures[replication, compiled.measures.index("belief")]


def test_a_belief_is_a_quantity_with_a_caveat() -> None:
    from minsksim.experiment.storage.dictionary import quantity
    from minsksim.plots import names

    document = load_scenario("minsk/motive_is_private").document
    told = quantity(document, "beliefs.line_to_moscow")
    assert told is not None
    assert "only as good as the simulator" in told[0]
    assert (
        "only as good as the simulator" in names.quantity(document, "beliefs.line_to_moscow").text
    )
