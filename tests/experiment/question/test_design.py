"""Designs: what is varied, between which bounds, and that the same request gives the same array."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim import run_scenario
from minsksim.errors import UsageError
from minsksim.experiment import SweepRequest, Vary, build_design
from minsksim.experiment.question.design import design_of
from minsksim.experiment.question.vary import Axis
from minsksim.scenario import load_scenario

TOLL = "levers.toll.initial"
PATIENCE = "actors.northland.patience"
SUSCEPTIBILITY = "actors.northland.susceptibility"


@pytest.mark.parametrize(
    ("text", "vary"),
    [
        ("a.b", Vary("a.b")),
        ("a.b=1:2", Vary("a.b", 1.0, 2.0)),
        (" a.b = -1 : 2e3 : 7 ", Vary("a.b", -1.0, 2000.0, 7)),
    ],
)
def test_the_three_forms_are_read(text: str, vary: Vary) -> None:
    assert Vary.parse(text) == vary


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=1:2",
        "a=",
        "a=1",
        "a=1:2:3:4",
        "a=x:2",
        "a=1:2:2.5",
        "a=2:1",
        "a=1:1",
        "a=1:2:1",
        "a=nan:2",
        "a=1:inf",
        "a=__import__('os'):2",
    ],
)
def test_anything_else_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Vary.parse(text)
    assert caught.value.exit_code == 2


@given(st.text(max_size=40))
def test_no_text_does_worse_than_a_usage_error(text: str) -> None:
    with contextlib.suppress(UsageError):
        Vary.parse(text)


def test_an_unknown_name_is_answered_by_the_nearest(pair, free) -> None:
    with pytest.raises(UsageError, match=f"Did you mean {TOLL}"):
        build_design("grid", [Vary("levers.tol.initial")], [pair, free])


@pytest.mark.parametrize("name", ["calendar.turns", "levers.toll.bounds", "horizon"])
def test_what_is_structure_is_said_to_be_no_number(pair, name: str) -> None:
    """Also where the file leaves it out; nothing else is said."""
    told = (
        f"--vary {name}: is part of the structure, not a number that can vary. "
        f"Set it by --set {name}=VALUE."
    )
    with pytest.raises(UsageError) as caught:
        build_design("grid", [Vary(name, 1, 2)], [pair])
    assert str(caught.value) == told
    with pytest.raises(UsageError, match=f"point {name}: is part of the structure"):
        run_scenario(pair, point={name: 1})


@pytest.mark.parametrize("name", ["levers.toll", "levers.toll.step", "stocks.queue.decay"])
def test_what_holds_or_could_be_a_number_is_not_called_structure(pair, name: str) -> None:
    with pytest.raises(UsageError, match="has no number of this name"):
        build_design("grid", [Vary(name, 1, 2)], [pair])


def test_a_grid_is_every_combination_the_first_name_slowest(pair) -> None:
    design = build_design(None, [Vary(TOLL, 0, 100, 3), Vary(PATIENCE, 0.5, 0.9, 2)], [pair])
    assert design.kind == "grid"
    assert design.names == (TOLL, PATIENCE)
    expected = [[0, 0.5], [0, 0.9], [50, 0.5], [50, 0.9], [100, 0.5], [100, 0.9]]
    np.testing.assert_allclose(design.values, expected)


def test_a_name_alone_takes_the_range_of_the_scenario(pair) -> None:
    design = build_design("grid", [Vary(TOLL, count=2)], [pair])
    np.testing.assert_allclose(design.values[:, 0], pair.numbers[TOLL].range)


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_samples_stay_in_their_ranges_and_repeat(pair, kind: str) -> None:
    one, two = (build_design(kind, (), [pair], 64, seed=5) for _ in range(2))
    other = build_design(kind, (), [pair], 64, seed=6)
    assert one.values.tobytes() == two.values.tobytes()
    assert one.values.tobytes() != other.values.tobytes()
    for axis, column in zip(one.axes, one.values.T, strict=True):
        low, high = pair.numbers[axis.name].range
        assert low <= column.min() <= column.max() <= high
    ranged = [name for name, number in pair.numbers.items() if number.range]
    assert list(one.names) == ranged


def test_each_axis_of_a_latin_hypercube_fills_every_stratum(pair) -> None:
    design = build_design("lhs", [Vary(TOLL, 0, 1), Vary(SUSCEPTIBILITY, 0, 1)], [pair], 50)
    for column in design.values.T:
        assert sorted(np.floor(column * 50).astype(int)) == list(range(50))


def test_a_triangular_axis_has_the_mean_and_the_quantiles_of_a_triangle() -> None:
    axis = Axis("x", 10.0, 40.0, mode=16.0)
    x = np.sort(design_of("sobol", (axis,), 4096, 0).values[:, 0])
    assert x.mean() == pytest.approx((10 + 40 + 16) / 3, abs=0.02)
    # F(mode) = (mode - low) / (high - low)
    assert np.mean(x < 16) == pytest.approx(0.2, abs=0.002)
    # F(25) = 1 - (40 - 25)**2 / ((40 - 10) * (40 - 16))
    assert np.mean(x < 25) == pytest.approx(1 - 225 / 720, abs=0.002)


def test_a_number_that_differs_between_scenarios_is_left_to_them(pair, free) -> None:
    design = build_design("lhs", (), [pair, free], 4)
    assert pair.numbers[TOLL].value != free.numbers[TOLL].value
    assert TOLL not in design.names
    assert PATIENCE in design.names


@pytest.mark.parametrize(
    ("kind", "vary", "points"),
    [
        ("point", [Vary(TOLL)], None),
        ("grid", [], None),
        ("grid", [Vary(TOLL)], 10),
        ("lhs", [Vary(TOLL, 0, 1, 5)], None),
        ("lhs", [Vary(TOLL)], 0),
        ("lhs", [Vary(TOLL), Vary(TOLL)], None),
        ("grid", [Vary(TOLL, 0, 1, 10**8)], None),
        ("no_such_design", [], None),
        ("list", [], None),
        ("grid", [Vary("levers.toll.cost.up"), Vary("interests.revenue.terms.toll.effect")], None),
    ],
)
def test_requests_that_make_no_sense_are_refused(pair, kind: str, vary, points) -> None:
    with pytest.raises(UsageError):
        build_design(kind, vary, [pair], points)


@pytest.mark.parametrize(("kind", "base", "points"), [("saltelli", 8, 8 * 4), ("morris", 5, 5 * 3)])
def test_blocks_and_trajectories_lie_in_a_row(pair, kind: str, base: int, points: int) -> None:
    vary = [Vary(TOLL, 10, 20), Vary(PATIENCE, 0.5, 0.9)]
    one, two = (build_design(kind, vary, [pair], base, seed=3) for _ in range(2))
    assert one.values.tobytes() == two.values.tobytes()
    assert one.points == points
    assert (one.base, one.group) == (base, points // base)
    for block in one.values.reshape(base, one.group, 2):
        if kind == "saltelli":
            # A, A with one column of B each, B
            first, *mixed, last = block
            for column, row in enumerate(mixed):
                expected = first.copy()
                expected[column] = last[column]
                np.testing.assert_array_equal(row, expected)
        else:
            steps = np.diff(block, axis=0)
            assert sorted((steps != 0).argmax(axis=1)) == [0, 1]
            assert (np.count_nonzero(steps, axis=1) == 1).all()
            np.testing.assert_allclose(np.abs(steps).sum(axis=0), [10 * 2 / 3, 0.4 * 2 / 3])
    assert one.values.min(axis=0)[0] >= 10
    assert one.values.max(axis=0)[1] <= 0.9


@pytest.mark.parametrize("kind", ["morris", "saltelli", "sobol"])
def test_a_design_that_no_memory_holds_is_refused_at_once(pair, kind) -> None:
    """It used to be drawn until the system killed the process."""
    vary = [Vary(name) for name, number in load_scenario("minsk").numbers.items() if number.range]
    with pytest.raises(UsageError, match=r"design points( of 4\d\d numbers take \d+ GiB|: use 1)"):
        build_design(kind, vary, [load_scenario("minsk")], 9_000_000 if kind == "sobol" else 10_979)


def test_a_filter_leaves_points_out(pair) -> None:
    vary = [Vary(TOLL, 0, 100, 3), Vary(PATIENCE, 0.5, 0.9, 2)]
    design = build_design("grid", vary, [pair], filters=[f"{TOLL} >= 50", f"{PATIENCE}<{TOLL}"])
    assert design.values[:, 0].tolist() == [50, 50, 100, 100]
    assert design.filters == (f"{TOLL}>=50.0", f"{PATIENCE}<{TOLL}")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("grid", "levers.tol.initial>3"),
        ("grid", f"{TOLL}>1e9"),
        ("grid", f"__import__('os')>{TOLL}"),
        ("grid", ""),
        ("saltelli", f"{TOLL}>3"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(pair, kind: str, text: str) -> None:
    with pytest.raises(UsageError, match="--filter"):
        build_design(kind, [Vary(TOLL, 0, 100)], [pair], filters=[text])


def test_a_file_of_points_is_taken_as_it_is(pair, tmp_path) -> None:
    path = tmp_path / "points.csv"
    path.write_text(f"\ufeff# chosen by hand\n{TOLL}, {PATIENCE}\n150,0.5\n\n1e2,0.75\n")
    design = build_design(None, (), [pair], points_file=path)
    assert design.kind == "list"
    assert design.names == (TOLL, PATIENCE)
    assert design.values.tolist() == [[150, 0.5], [100, 0.75]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no points"),
        (f"{TOLL}\n", "no points"),
        (f"{TOLL}\nnan\n", ":2 levers.toll.initial: 'nan' is not a finite number"),
        (f"{TOLL}\n1\n=cmd()\n", ":3 levers.toll.initial"),
        (f"{TOLL}\n1_0\n", ":2 levers.toll.initial: '1_0'"),
        (f"{TOLL}\n\u0661\n", ":2 levers.toll.initial: '\u0661'"),
        (f"{TOLL}\n1,2\n", ":2: 2 numbers for 1 names"),
        (f"{TOLL},{TOLL}\n1,2\n", "given twice"),
        ("levers.tol.initial\n1\n", f"Did you mean {TOLL}"),
        ("\0", "no number of this name|not CSV|no points"),
    ],
)
def test_a_bad_file_of_points_is_named_by_line(pair, tmp_path, text: str, said: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text(text)
    with pytest.raises(UsageError, match=said):
        build_design(None, (), [pair], points_file=path)


def test_a_saltelli_design_without_a_size_ends_in_minutes() -> None:
    """It asked for 52.9 million runs of the flagship; 20,000 a second are usual."""
    minsk = load_scenario("minsk")
    request = SweepRequest(design="saltelli")
    design = request.question([minsk]).design
    assert design.base >= 8
    assert design.points * request.runs < 5_000_000
    few = SweepRequest(design="saltelli", vary=(Vary("actors.minsk.patience"),))
    assert few.question([minsk]).design.base == 128
