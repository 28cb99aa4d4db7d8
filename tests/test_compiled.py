"""The three forms of the kernel: which one is taken, and that all give the same bits."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from click.testing import CliRunner
from same import differing, kernel_at, played

from minsksim import Model, RunError, UsageError, compile_scenario, load_scenario, run_scenario
from minsksim._compiled import loading, public, tricks, twins
from minsksim._compiled.marks import KERNEL, inlined, jit, kernel, mark_of
from minsksim._compiled.twins import Twins
from minsksim.cli import main
from minsksim.engine import batch
from minsksim.engine.batch import Block, run_block, simulate
from minsksim.engine.record.status import NOT_FINITE
from minsksim.rules import package_gain
from minsksim.rules.total_utility import satisfaction

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SHIPPED = sorted([*SCENARIOS.glob("*/base.yaml"), *SCENARIOS.glob("*/variants/*.yaml")])


@jit
def doubled(number: float) -> float:
    return 2.0 * number


@inlined
def doubled_and_one(number: float) -> float:
    return doubled(number) + 1.0


@kernel
def fill(numbers: np.ndarray) -> None:
    for i in range(numbers.shape[0]):
        numbers[i] = doubled_and_one(numbers[i])


@pytest.fixture
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_LOADED", {})
    monkeypatch.delenv(loading.VARIABLE, raising=False)


def test_a_marked_function_stays_the_function_it_is() -> None:
    assert doubled(3.0) == 6.0
    assert [mark_of(each) for each in (doubled, doubled_and_one, fill, len)] == [
        "part", "inlined", "kernel", None,
    ]  # fmt: skip


def test_a_twin_calls_twins_and_leaves_the_plain_functions_alone() -> None:
    seen = []

    def decorate(function, mark):
        seen.append((function.__name__, mark))
        return function

    twin = Twins(decorate).of_function(fill)
    assert seen == [("fill", "kernel"), ("doubled_and_one", "inlined"), ("doubled", "part")]
    assert twin is not fill
    assert twin.__globals__["doubled"] is not doubled
    numbers = np.array([1.0, 2.0])
    twin(numbers)
    assert numbers.tolist() == [3.0, 5.0]


@jit
def named_by_module(gains: np.ndarray, least: np.ndarray) -> bool:
    return package_gain.suits_all(gains, least, np.int64(gains.size), 1e-12)


def test_a_twin_finds_what_is_named_by_its_module() -> None:
    made = Twins(lambda function, mark: function)
    twin = made.of_function(named_by_module)
    found = twin.__globals__["package_gain"]
    assert found.suits_all is made.of_function(package_gain.suits_all)
    assert found.suits_all is not package_gain.suits_all
    assert found.move_cost is package_gain.move_cost  # not called here
    assert twin.__globals__["np"] is np
    assert twin(np.ones(2), np.zeros(2)) == named_by_module(np.ones(2), np.zeros(2))


@pytest.mark.parametrize("level", [tricks, public])
@pytest.mark.usefixtures("nothing_loaded")
def test_both_compiled_forms_do_what_the_plain_one_does(level: ModuleType) -> None:
    numbers = np.array([1.0, 2.0])
    loading.compiled(fill, (numbers,), level)(numbers)
    assert numbers.tolist() == [3.0, 5.0]


@pytest.mark.usefixtures("nothing_loaded")
def test_threads_compile_once_and_leave_numbas_settings_alone(monkeypatch) -> None:
    """A folder taken away half-way left compiled code in the working directory."""
    before, seen = numba.config.CACHE_DIR, []

    def slowly(function, arguments, level):
        seen.append(threading.get_ident())
        time.sleep(0.01)
        return compiled(function, arguments, level)

    compiled = loading.compiled
    monkeypatch.setattr(loading, "compiled", slowly)
    numbers = np.zeros(1)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: loading.fastest(fill, numbers)(numbers.copy()), range(16)))
    assert len(seen) == 1
    assert before == numba.config.CACHE_DIR


@pytest.mark.usefixtures("nothing_loaded")
def test_a_form_that_fails_gives_way_to_the_next_and_says_so(monkeypatch, caplog) -> None:
    numbers = np.array([1.0])
    monkeypatch.setattr(tricks, "decorate", broken)
    with caplog.at_level(logging.WARNING, "minsksim"):
        form = loading.fastest(fill, numbers)
    assert form.level == "public"
    assert [each.getMessage() for each in caplog.records] == [
        "compiling (tricks) failed with AttributeError: no such thing in numba; going on with "
        "public: the same results, more slowly"
    ]
    form(numbers)
    assert numbers.tolist() == [3.0]


@pytest.mark.usefixtures("nothing_loaded")
def test_without_any_compiled_form_plain_python_goes_on(monkeypatch, caplog) -> None:
    for level in (tricks, public):
        monkeypatch.setattr(level, "decorate", broken)
    numbers = np.array([1.0])
    loading.fastest(fill, numbers)(numbers)
    assert numbers.tolist() == [3.0]
    assert "going on with plain Python" in caplog.records[-1].getMessage()
    monkeypatch.setattr(loading, "_LOADED", {})
    monkeypatch.setenv(loading.VARIABLE, "1")
    with pytest.raises(UsageError, match="MINSKSIM_COMPILED asks for compiled code"):
        loading.fastest(fill, numbers)


@pytest.mark.parametrize("kind", ["nbi", "nbc"])
@pytest.mark.parametrize("left", [0, 0.5, None])
@pytest.mark.usefixtures("nothing_loaded")
def test_damaged_code_is_compiled_again(kind, left, tmp_path, monkeypatch, caplog) -> None:
    """Cut off, or overwritten: the next start finds it whole."""
    monkeypatch.setattr(loading, "folder", lambda: tmp_path)
    numbers = np.zeros(1)
    loading.fastest(fill, numbers)
    (file,) = tmp_path.rglob(f"*.{kind}")
    whole = file.read_bytes()
    file.write_bytes(bytes(len(whole)) if left is None else whole[: int(left * len(whole))])
    monkeypatch.setattr(loading, "_LOADED", {})
    assert loading.fastest(fill, numbers).level == "tricks"
    (file,) = tmp_path.rglob(f"*.{kind}")
    assert len(file.read_bytes()) > 0.9 * len(whole)
    assert not caplog.records


@pytest.mark.usefixtures("nothing_loaded")
def test_half_of_what_is_stored_is_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(loading, "folder", lambda: tmp_path)
    loading.fastest(fill, np.zeros(1))
    assert loading.is_stored(fill)
    next(tmp_path.rglob("*.nbc")).unlink()
    assert not loading.is_stored(fill)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
@pytest.mark.usefixtures("nothing_loaded")
def test_a_fork_while_a_kernel_is_loaded_does_not_hang_the_child() -> None:
    is_held, is_done = threading.Event(), threading.Event()

    def hold() -> None:
        with loading._LOADING:
            is_held.set()
            is_done.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(60)
    child = os.fork()
    if child == 0:
        os._exit(0 if loading._LOADING.acquire(timeout=5) else 1)
    _, status = os.waitpid(child, 0)
    is_done.set()
    holder.join()
    assert status == 0


@pytest.mark.parametrize("form", ["0", "1"])
def test_any_whole_number_is_a_seed_and_nothing_else(form: str, monkeypatch) -> None:
    monkeypatch.setenv(loading.VARIABLE, form)
    scenario = load_scenario("split_the_pie")
    for kind in (np.uint64, np.int32, np.int8):
        assert (
            run_scenario(scenario, seed=kind(3)).measures == run_scenario(scenario, seed=3).measures
        )
    for wrong in (2**63, -1, 3.0, "3", None):
        with pytest.raises(UsageError, match="use a whole number from 0"):
            run_scenario(scenario, seed=wrong)


def broken(function, mark):
    raise AttributeError("no such thing in numba")


@pytest.mark.usefixtures("nothing_loaded")
def test_the_variable_chooses(monkeypatch) -> None:
    numbers = np.zeros(1)
    assert not loading.plays_single_runs(fill)
    monkeypatch.setenv(loading.VARIABLE, "0")
    assert not hasattr(loading.fastest(fill, numbers), "level")
    assert loading._LOADED == {}
    monkeypatch.setenv(loading.VARIABLE, "1")
    assert loading.plays_single_runs(fill)
    assert loading.fastest(fill, numbers).level == "tricks"
    monkeypatch.setenv(loading.VARIABLE, "0")
    assert not loading.plays_single_runs(fill)


def test_another_value_of_the_variable_is_refused() -> None:
    done = CliRunner().invoke(main, ["run", "split_the_pie"], env={loading.VARIABLE: "yes"})
    assert done.exit_code == 2
    assert "MINSKSIM_COMPILED is 'yes'; set it to 0 for plain Python" in done.output


class Inner(NamedTuple):
    table: np.ndarray


class Outer(NamedTuple):
    size: int
    row: np.ndarray
    inner: Inner


@numba.njit
def read(record, other: np.ndarray) -> float:
    return record.size * record.row[1] + record.inner.table[1, 0] * record.row.shape[0] + other[0]


@pytest.mark.parametrize("level", [tricks, public])
def test_compiled_code_reads_a_record_by_the_names_of_its_fields(level: ModuleType) -> None:
    """Two records of one name with other fields, one after the other."""
    record = Outer(3, np.array([5.0, 7.0]), Inner(np.array([[1.0], [11.0]])))
    assert read(level.by_reference(record), np.ones(2)) == 3 * 7.0 + 11.0 * 2 + 1.0
    record.row[1] = 8.0
    assert read(level.by_reference(record), np.ones(2)) == 3 * 8.0 + 11.0 * 2 + 1.0


def test_records_of_one_name_may_have_other_fields() -> None:
    kinds = [
        tricks.by_reference(NamedTuple("Record", [("one", Any)])(each))._numba_type_
        for each in (1, np.zeros(2), np.zeros((2, 2)))
    ]
    assert len(set(kinds)) == 3
    assert kinds[0] == tricks.by_reference(NamedTuple("Record", [("one", Any)])(2))._numba_type_


def test_an_array_with_gaps_is_not_pointed_to() -> None:
    with pytest.raises(AssertionError, match=r"Inner\.table has gaps"):
        tricks.by_reference(Inner(np.zeros((4, 4))[:, ::2]))


def traced(path: Path, form: object) -> Block:
    """Return two runs of a scenario at two points, by one form of the kernel."""
    return played(compile_scenario(load_scenario(path)), form, (0, 2**40))


@pytest.mark.core
@pytest.mark.slow
@pytest.mark.parametrize("level", [tricks, public])
def test_every_form_gives_the_same_bits_on_everything_shipped(level: ModuleType) -> None:
    assert len(SHIPPED) > 20
    form = kernel_at(level)
    for path in SHIPPED:
        assert not differing(traced(path, loading.plainly(run_block)), traced(path, form)), path


def test_another_bit_would_be_seen(monkeypatch) -> None:
    """So that the test above can fail."""
    plain = traced(SHIPPED[0], loading.plainly(run_block))
    assert not differing(plain, traced(SHIPPED[0], loading.plainly(run_block)))

    def shaken(*arguments: Any) -> float:
        return float(np.nextafter(satisfaction(*arguments), 9.0))

    monkeypatch.setattr("minsksim.engine.phases.settle.satisfaction", shaken)
    monkeypatch.setattr(twins, "_BARE", Twins(lambda function, _: function))
    assert differing(plain, traced(SHIPPED[0], loading.plainly(run_block)))


PLAIN = """
import json, sys, warnings
warnings.simplefilter("error")
from click.testing import CliRunner
from minsksim.cli import main
done = CliRunner().invoke(main, sys.argv[1:])
assert done.exit_code == 0, (done.output, done.exception)
print(json.dumps([sorted({name.partition(".")[0] for name in sys.modules}), done.stdout]))
"""


@pytest.mark.parametrize("words", [("run", "minsk", "--format", "csv"), ("lab", "--help")])
def test_a_single_run_needs_no_compiler_and_warns_of_nothing(words) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, *words], capture_output=True, text=True, check=True
    )
    modules, shown = json.loads(done.stdout)
    assert not {"numba", "llvmlite"} & set(modules)
    compiled = CliRunner().invoke(main, words, env={loading.VARIABLE: "1"})
    # older clicks put both streams into one, and what is compiled is said before
    assert compiled.output.endswith(shown) or compiled.stdout == shown


@pytest.mark.slow
def test_without_numba_all_goes_on_plainly() -> None:
    """As where numba has no release for a new Python yet."""
    program = "import sys; sys.modules['numba'] = None; from minsksim.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "compare", "revolving_door", "--all", "--runs", "2"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "going on with plain Python: the same results, more slowly" in done.stderr
    assert done.stderr.count("going on with") == 2
    assert mark_of(run_block) == KERNEL


@pytest.mark.parametrize("form", ["0", "1"])
def test_a_run_that_is_not_finite_is_not_told(form: str, monkeypatch) -> None:
    monkeypatch.setenv(loading.VARIABLE, form)
    name = "interests.people_out.terms.still_held.effect"
    with pytest.raises(RunError, match="revolving_door: A utility or measure stopped being"):
        run_scenario("revolving_door", point={name: 1.7e308})
    model = Model("revolving_door", point={name: 1.7e308})
    with pytest.raises(RunError, match="revolving_door: A utility or measure stopped being"):
        model.run()


def test_a_utility_that_was_not_finite_once_fails_the_run(monkeypatch) -> None:
    """In any turn, for a sweep as for a single run, though the end of it looks sound."""
    monkeypatch.setenv(loading.VARIABLE, "0")
    monkeypatch.setattr(twins, "_BARE", Twins(lambda function, _: function))
    real = batch.play_turn

    def lapse(*arguments: Any) -> None:
        real(*arguments)
        if arguments[5] == 2:
            arguments[2].utility[0] = np.nan

    monkeypatch.setattr(batch, "play_turn", lapse)
    compiled, row = compile_scenario("split_the_pie"), np.zeros(2, np.int64)
    block = simulate(compiled, compiled.numbers[None, :], row, np.arange(2), 0)
    assert np.isfinite(block.measures).all()
    assert block.status.tolist() == [NOT_FINITE, NOT_FINITE]
