"""Fixtures that every part of the suite shares, and the marker of the core tests."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# property tests take the same examples on every run, and a first call may compile
settings.register_profile("minsksim", deadline=None, derandomize=True)
settings.load_profile("minsksim")

# tables are compared as they are written to a file, whatever window the tests run in
os.environ.pop("COLUMNS", None)

ROOT = Path(__file__).resolve().parents[1]
CORE = (
    "tests/rules/",
    "tests/engine/",
    "tests/test_compiled.py",
    "tests/test_forms_agree.py",
    "tests/test_mesa.py",
)

SLOW = (
    "tests/analysis/test_hundred_seeds.py",
    "tests/cli/test_devices.py",
    "tests/engine/bargaining/test_indivisible_many.py",
    "tests/experiment/running/test_all_fail.py",
    "tests/experiment/running/test_cluster.py",
    "tests/experiment/running/test_dask_workers.py",
    "tests/experiment/running/test_kill.py",
    "tests/experiment/running/test_planted_cache.py",
    "tests/experiment/running/test_safe_path.py",
    "tests/experiment/running/test_stopped_compiling.py",
    "tests/experiment/running/test_workers.py",
    "tests/experiment/storage/test_disk.py",
    "tests/experiment/storage/test_links.py",
    "tests/experiment/storage/test_own_files.py",
    "tests/experiment/storage/test_trust.py",
    "tests/experiment/test_chaos.py",
    "tests/experiment/test_notebooks.py",
    "tests/experiment/test_soak.py",
    "tests/lessons/test_kernels.py",
    "tests/lessons/test_labs.py",
    "tests/lessons/test_listening.py",
    "tests/lessons/test_notebooks.py",
    "tests/lessons/test_order.py",
    "tests/plots/test_findings.py",
    "tests/plots/test_fonts.py",
    "tests/plots/test_pyplot.py",
    "tests/plots/test_saving.py",
    "tests/scenario/test_mutations.py",
    "tests/test_docs_run.py",
    "tests/test_patterns.py",
)
"""Files that kill, damage, wait, draw and rerun whole pages, and so belong to ``make test-all``."""

SLOW_TESTS = (
    "test_a_reader_counts_the_numbers_that_could_have_given_the_reading",
    "test_a_reservation_binds_or_changes_nothing",
    "test_belief_counts_the_errors_that_leave_the_threat_credible",
    "test_fixed_point_and_hull",
    "test_inputs_stay_as_they_were",
    "test_no_offer_beats_the_uncertain_one",
    "test_processes_exclude_each_other_until_the_holder_is_killed",
    "test_r19_many_runs_stay_small",
    "test_ratifiers_who_change_places_change_nothing",
    "test_salience_is_what_a_loop_over_the_file_gives",
    "test_the_mixture_has_the_highest_product_of_all_packages",
    "test_results_are_those_that_were_stored[minsk/opposition_at_the_table]",
    "test_a_batch_in_several_processes_gives_the_same_rows",
)
"""Single tests that do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what must pass on every supported pair of Python and Mesa, and what takes long."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        if place.startswith(CORE):
            item.add_marker(pytest.mark.core)
        if place.startswith(SLOW) or item.name in SLOW_TESTS:
            item.add_marker(pytest.mark.slow)
    # an hour that sleeps most of the time, beside all the rest
    items.sort(key=lambda item: item.path.name != "test_soak.py")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def pair() -> Path:
    """Return the small fictional scenario: two actors, one channel, two levers."""
    return ROOT / "tests/data/pair/base.yaml"


@pytest.fixture
def tally() -> Callable[..., None]:
    """Note what a chaos test found, for the table that ``make chaos`` ends with."""

    def note(test: str, what: str, **figures: float) -> None:
        report = os.environ.get("MINSKSIM_CHAOS_REPORT")
        if report:
            line = json.dumps({"test": test, "what": what, **figures})
            with Path(report).open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    return note
