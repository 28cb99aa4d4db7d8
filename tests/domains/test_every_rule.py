"""Every public rule and model refuses what lies outside its domain, and takes sequences.

The arguments that each test bends are those of the example in the function's own docstring.
"""

from __future__ import annotations

import copy
import doctest
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

import minsksim.rules
import minsksim.theory
from minsksim._compiled.twins import CHECKED as DOMAINS
from minsksim.domains.kinds import Array, Choice, Flag, Function, Number, Position, Several, Whole
from minsksim.errors import UsageError

PACKAGES = (minsksim.rules, minsksim.theory)
MAY_BE_INFINITE = {
    "after_decay": {"low", "high"},
    "after_event": {"low", "high"},  # a quantity without bounds
    "after_flow": {"low", "high"},
    "assent_in_edge": {"needs"},  # nobody ratifies
    "beats": {"rank", "best"},
    "choose_position": {"reservation"},
    "exp": {"x"},
    "first_reaching": {"level"},
    "flow": {"available"},  # what comes from outside
    "is_enough": {"least"},
    "last_for_both": {"level"},
    "last_keeping": {"level"},
    "log": {"x"},
    "logistic": {"x"},
    "margin_within": {"low", "high"},
    "merge_concessions": {"rates"},  # a concession that costs nothing
    "merge_orders": {"rates"},
    "nearest_assent": {"needs"},
    "package_rank": {"reservation"},
    "settle": {"reservation"},
    "with_answers": {"low", "high"},
}
Example = tuple[str, Callable[..., Any], dict[str, Any]]


def modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        for found in iter_modules(package.__path__):
            yield import_module(f"{package.__name__}.{found.name}")


def public(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in vars(module).items():
        is_own = isinstance(value, FunctionType) and value.__module__ == module.__name__
        if is_own and not name.startswith("_"):
            yield name, value


def examples(module: ModuleType, name: str, function: Callable[..., Any]) -> list[dict[str, Any]]:
    """Return the arguments of every call of a function in its own docstring."""
    calls: list[dict[str, Any]] = []
    form = inspect.signature(function)

    def recorded(*given: Any, **named: Any) -> Any:
        bound = form.bind(*given, **named)
        bound.apply_defaults()
        calls.append(copy.deepcopy(dict(bound.arguments)))
        return function(*given, **named)

    scope = vars(module) | {name: recorded}
    for step in doctest.DocTestParser().get_examples(function.__doc__ or ""):
        exec(compile(step.source, name, "exec"), scope)  # noqa: S102
    return calls


def gather() -> list[Example]:
    found = []
    for module in modules():
        for name, function in public(module):
            calls = examples(module, name, function)
            place = module.__name__.removeprefix("minsksim.")
            found += [(f"{place}.{name}", function, calls[0])] if calls else []
    return found


@pytest.fixture(scope="module")
def known() -> list[Example]:
    with np.errstate(all="ignore"):
        return gather()


def refused(function: Callable[..., Any], given: dict[str, Any], name: str, value: Any) -> str:
    """Return the sentence that refuses a value, or nothing where it is let in."""
    bent = copy.deepcopy(given) | {name: value}
    try:
        function(**bent)
    except UsageError as error:
        return str(error)
    return ""


def domains_of(function: Callable[..., Any]) -> dict[str, Any]:
    return getattr(function, DOMAINS)


def bad_values(domain: Any, given: Any, may_be_infinite: bool) -> Iterator[Any]:
    """Yield what an argument may not be, whatever else is given."""
    if isinstance(domain, Function):
        yield from (3, "worth")
    elif isinstance(domain, Choice):
        yield from (99, "nonsense", None, 0.5)
    elif isinstance(domain, Flag):
        yield from (2, "yes", 0.5, None)
    elif isinstance(domain, Several):
        yield from bad_tuples(domain, given, may_be_infinite)
    elif isinstance(domain, Array):
        yield from bad_arrays(domain, given, may_be_infinite)
    else:
        yield from bad_numbers(domain, may_be_infinite)


def bad_numbers(domain: Any, may_be_infinite: bool) -> Iterator[Any]:
    yield from (float("nan"), np.nan, "0.5", None, [0.5], 1j)
    yield from () if may_be_infinite else (float("inf"), -np.inf)
    if isinstance(domain, Number):
        low, high = domain.limit.low, domain.limit.high
        yield from (end for end in (low - 1.0, high + 1.0) if np.isfinite(end))
        ends = zip((low, high), domain.limit.is_open, strict=True)
        yield from (end for end, is_open in ends if is_open and np.isfinite(end))
    elif isinstance(domain, Whole):
        yield from (domain.low - 1, domain.low + 0.5)
        yield from () if domain.high is None else (10**9,)
    elif isinstance(domain, Position):
        yield from (-0.1, 10**9)


def bad_arrays(domain: Array, given: Any, may_be_infinite: bool) -> Iterator[Any]:
    array = np.array(given, dtype=np.float64)
    if domain.is_written:
        yield from (array.tolist(), array.astype(np.complex128))
    if array.size and domain.is_read and domain.kind is not np.bool_:
        ends = [domain.limit.low - 1.0, domain.limit.high + 1.0]
        wrong = [np.nan, *filter(np.isfinite, ends), *([] if may_be_infinite else [np.inf])]
        for value in wrong:
            bent = array.copy()
            bent.flat[-1] = value
            yield bent
    yield from ("text", ["a"], None)
    if domain.dims[-1] != "...":
        yield np.ones((2,) * (len(domain.dims) + 1))


def bad_tuples(domain: Several, given: Any, may_be_infinite: bool) -> Iterator[Any]:
    parts = list(given)
    yield from (3, "text", None)
    if not domain.is_list:
        yield [*parts, parts[0]]
    if parts:
        inner = domain.domains[0]
        for value in bad_values(inner, parts[0], may_be_infinite):
            yield [value, *parts[1:]]


def test_every_public_function_declares_the_domain_of_every_argument() -> None:
    count = 0
    for module in modules():
        for name, function in public(module):
            arguments = list(inspect.signature(function).parameters)
            assert list(domains_of(function)) == arguments, f"{module.__name__}.{name}"
            count += 1
    assert count > 180


def test_every_public_function_has_an_example_to_bend(known: list[Example]) -> None:
    named = {place for place, _, _ in known}
    every = {
        f"{module.__name__.removeprefix('minsksim.')}.{name}"
        for module in modules()
        for name, _ in public(module)
    }
    assert every - named == set()


def test_what_lies_outside_a_domain_is_refused_by_name(known: list[Example]) -> None:
    let_in, bent = [], 0
    for place, function, given in known:
        infinite = MAY_BE_INFINITE.get(function.__name__, set())
        for name, domain in domains_of(function).items():
            for value in bad_values(domain, given[name], name in infinite):
                bent += 1
                sentence = refused(function, given, name, value)
                if not sentence.startswith(f"{function.__name__}: {name} is "):
                    let_in.append(f"{place} {name}={value!r}: {sentence or 'let in'}"[:200])
    assert not let_in, "\n".join(let_in)
    assert bent > 2500


def plain(value: Any) -> Any:
    """Return an answer as numbers to compare."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def as_sequence(domain: Any, value: Any, kind: type) -> Any:
    if isinstance(domain, Array):
        is_alike = isinstance(value, np.ndarray) and not domain.is_written and value.ndim > 0
        return kind(value.tolist()) if is_alike else value
    if isinstance(domain, Several) and domain.made is None:
        inner = domain.domains * (len(value) if domain.is_list else 1)
        return kind(as_sequence(one, each, kind) for one, each in zip(inner, value, strict=True))
    return value


@pytest.mark.parametrize("kind", [list, tuple])
def test_sequences_give_the_same_answer_as_arrays(known: list[Example], kind: type) -> None:
    for place, function, given in known:
        first, second = copy.deepcopy(given), copy.deepcopy(given)
        for name, domain in domains_of(function).items():
            second[name] = as_sequence(domain, second[name], kind)
        one, other = plain(function(**first)), plain(function(**second))
        np.testing.assert_equal(other, one, err_msg=place)
        for name, domain in domains_of(function).items():
            if isinstance(domain, Array) and domain.is_written:
                np.testing.assert_array_equal(second[name], first[name], err_msg=place)


def test_whole_numbers_may_stand_for_real_ones(known: list[Example]) -> None:
    for place, function, given in known:
        whole = {
            name: int(value)
            for name, value in given.items()
            if isinstance(value, float) and value == int(value if np.isfinite(value) else 0)
        }
        one = plain(function(**copy.deepcopy(given)))
        np.testing.assert_equal(plain(function(**copy.deepcopy(given) | whole)), one, place)
