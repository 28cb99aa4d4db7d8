"""What a checked function says, and that a run does without the checks."""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from minsksim import load_scenario, run_scenario
from minsksim._compiled.twins import CHECKED as DOMAINS
from minsksim._compiled.twins import Twins
from minsksim.domains.arguments import NOT_NEGATIVE, numbers, room, whole
from minsksim.domains.checked import Need, checked
from minsksim.engine import bare_phases, batch
from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.batch import run_block, simulate
from minsksim.errors import UsageError
from minsksim.rules import bargaining, patience
from minsksim.theory import claims, kidnapping, screening

ONE, TWO = [1.0, 0.0], [0.0, 1.0]


def test_faults_that_were_let_in_once() -> None:
    """Each with the name of the argument, what it was, and what it may be."""
    nothing = ((0.0, 0.0), (0.0, 0.0))
    for call, sentence in (
        (lambda: screening.screening_demand(float("nan"), 0.1, 0.4), "win_share is nan; .* finite"),
        (lambda: kidnapping.threat_carried_out(0.5, 2, 2), "rage is 2; .* between 0 and 1"),
        (lambda: patience.bargaining_weight(1.2, 0.9), "patience_first is 1.2; .* strictly"),
        (lambda: bargaining.settle(ONE, TWO, 1, 9, 0.5, *nothing), r"protocol is 9; .* 0 \(nash\)"),
        (lambda: bargaining.value_at(np.array(ONE), 2.5), "position is 2.5; .* 0 and 1, the last"),
        (lambda: bargaining.value_at(np.array(ONE), -0.5), "position is -0.5"),
        (lambda: bargaining.settle(ONE, TWO, 2, 0, 0.5, *nothing), "last is 2; .* from 0 to 1"),
        (lambda: bargaining.settle(TWO, TWO, 1, 0, 0.5, *nothing), "first party's utils must fall"),
        (lambda: bargaining.settle(ONE, ONE, 1, 0, 0.5, *nothing), "second party's utils must ris"),
    ):
        with pytest.raises(UsageError, match=sentence):
            call()
    bent = [1.0, 0.5, 0.0], [0.0, 0.1, 1.0]
    with pytest.raises(UsageError, match="a frontier is concave"):
        bargaining.settle(*bent, 2, 0, 0.5, *nothing)
    assert bargaining.settle(ONE, TWO, 1, 0, 0.5, *nothing) == 0.5


def test_a_list_is_divided_as_an_array_is() -> None:
    whole_numbers = claims.talmud([100, 200], 50)
    np.testing.assert_array_equal(whole_numbers, claims.talmud(np.array([100.0, 200.0]), 50.0))


def test_arguments_are_checked_together() -> None:
    ordered = Need(lambda low, high: low <= high, "low must not be above high")

    @checked(ordered, low=NOT_NEGATIVE, high=NOT_NEGATIVE)
    def middle(low: float, high: float) -> float:
        return (low + high) / 2

    assert middle(1, 3) == 2.0
    with pytest.raises(UsageError, match=r"middle: low is 3.0, high is 1.0; low must not be above"):
        middle(3, 1)


def test_arrays_of_one_letter_are_equally_long() -> None:
    @checked(first=numbers("A"), second=numbers(">A"), out=room("A", "A+1"))
    def add(first: np.ndarray, second: np.ndarray, out: np.ndarray) -> None:
        out[:] = 1.0

    out = np.empty((2, 3))
    add([1, 2], (1, 2, 3), out)
    assert out.sum() == 6.0
    for first, second, third in (
        ([1, 2, 3], [1, 2, 3], out),
        ([1, 2], [1], out),
        ([1, 2], [1, 2], np.empty((2, 2))),
        ([[1, 2]], [1, 2], out),
    ):
        with pytest.raises(UsageError, match=r"its shape is .* and must be"):
            add(first, second, third)


def test_missing_arguments_are_pythons_own_matter() -> None:
    @checked(turns=whole(1))
    def wait(turns: int = 1) -> int:
        return turns

    assert wait() == 1
    with pytest.raises(TypeError, match="unexpected keyword"):
        wait(turn=2)  # type: ignore[call-arg]


def values_in(twins: Twins) -> list[tuple[str, Any]]:
    """Return whatever the names in the twins' code stand for."""
    found = []
    for twin in twins._functions.values():
        for name in twin.__code__.co_names:
            value = twin.__globals__.get(name)
            found.append((f"{twin.__qualname__} {name}", value))
            if isinstance(value, ModuleType):
                parts = [(part, vars(value).get(part)) for part in twin.__code__.co_names]
                found += [(f"{twin.__qualname__} {name}.{part}", v) for part, v in parts]
    return found


def test_a_run_is_made_of_bare_functions() -> None:
    twins = Twins(lambda function, mark: function)
    twins.of_function(run_block)
    assert len(twins._functions) > 250
    assert [place for place, value in values_in(twins) if hasattr(value, DOMAINS)] == []
    for name, module in vars(bare_phases).items():
        if isinstance(module, ModuleType):
            functions = [v for v in vars(module).values() if isinstance(v, FunctionType)]
            own = [f for f in functions if f.__module__ == module.__name__]
            assert not any(hasattr(each, DOMAINS) for each in own), name
            assert own, name


CASES = ["groups_of_people", "minsk", "revolving_door", "sanction_episode", "split_the_pie"]


@pytest.mark.parametrize(
    ("name", "horizon"), [*((name, 0) for name in CASES), *((name, 12) for name in CASES[:3])]
)
def test_every_run_stays_within_the_domains_and_has_the_same_bits(
    name: str, horizon: int, monkeypatch
) -> None:
    """The engine's own calls, checked for once."""
    scenario = load_scenario(name, settings={"horizon": horizon} if horizon else {})
    compiled, row = compile_scenario(scenario), np.zeros(1, np.int64)
    bare = simulate(compiled, compiled.numbers[None, :], row, row, 3)
    monkeypatch.setattr(batch, "fastest", lambda function, *_: function)
    with np.errstate(all="ignore"):
        strict = simulate(compiled, compiled.numbers[None, :], row, row, 3)
    assert strict.measures.tobytes() == bare.measures.tobytes()
    run = run_scenario(scenario, seed=3)
    assert np.array(list(run.measures.values())).tobytes() == bare.measures[0].tobytes()
