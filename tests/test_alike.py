"""A name stands wherever its object stands, and one stands wherever several do."""

from pathlib import Path

import pandas as pd
import pytest

import minsksim as mk
from minsksim import ScenarioError, UsageError, Vary, plots
from minsksim.experiment.question.vary import take_vary
from minsksim.scenario import take_scenario, take_scenarios

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "scenarios/revolving_door/base.yaml"
NAME, OTHER = "revolving_door", "revolving_door/moratorium"


def forms(name: str) -> tuple[object, ...]:
    """Return a scenario in every form in which one may be given."""
    scenario = mk.load_scenario(name)
    return name, scenario, scenario.path, str(scenario.path)


def test_a_scenario_may_be_a_name_a_file_or_itself() -> None:
    digests = {take_scenario(form).digest for form in forms(NAME)}  # type: ignore[arg-type]
    assert len(digests) == 1
    scenario = mk.load_scenario(NAME)
    assert take_scenario(scenario) is scenario
    for form in forms(NAME):
        names = [one.name for one in take_scenarios([form, OTHER])]  # type: ignore[list-item]
        assert names == [NAME, OTHER]
        assert [one.name for one in take_scenarios(form)] == [NAME]  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [None, 3, {"a": 1}])
def test_what_is_no_scenario_is_refused_with_a_sentence(wrong: object) -> None:
    with pytest.raises(UsageError, match="use a Scenario, a name or a path"):
        take_scenario(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", forms(NAME), ids=["name", "object", "path", "text"])
def test_one_run_and_what_it_is_made_of_take_every_form(form: mk.Scenario) -> None:
    scenario = mk.load_scenario(NAME)
    run = mk.run_scenario(form, replication=2)
    assert dict(run.measures) == dict(mk.run_scenario(scenario, replication=2).measures)
    assert dict(mk.Model(form, replication=2).run().measures) == dict(run.measures)
    assert mk.compile_scenario(form).digest == scenario.digest
    assert set(mk.channel_graph(form)) == set(mk.influence_graph(form)) == set(run.utilities)
    assert plots.png(plots.network(form)) == plots.png(plots.network(scenario))


def test_a_sweep_takes_one_scenario_and_texts(tmp_path: Path) -> None:
    number = next(name for name in mk.load_scenario(NAME).numbers if name.endswith("patience"))
    measure = next(iter(mk.load_scenario(NAME).document.measures))

    def ids(scenarios: object, vary: object, where: object) -> str:
        found = mk.sweep(
            scenarios,  # type: ignore[arg-type]
            vary=vary,  # type: ignore[arg-type]
            where=where,  # type: ignore[arg-type]
            runs=2,
            results=tmp_path,
        )
        return found.id

    scenario, bounds = mk.load_scenario(NAME), f"{number}=0.5:0.9:2"
    long = ids([scenario], [Vary(number, 0.5, 0.9, 2)], [f"{measure}>-1"])
    assert ids(scenario, bounds, f"{measure}>-1") == long
    assert ids(NAME, [bounds], (f"{measure}>-1",)) == long
    assert take_vary([number, Vary("a")]) == (Vary(number), Vary("a"))
    folder = tmp_path / NAME / long
    for source in (folder, str(folder)):
        figure = plots.measures(source, measure)
        assert plots.png(figure) == plots.png(plots.measures(mk.load_result(folder), [measure]))
    sampled = mk.sweep(
        NAME, design="lhs", vary=f"{number}=0.5:0.9", points=8, runs=1, results=tmp_path
    )
    one, other = (mk.sensitivity(x, y) for x, y in ((sampled, [measure]), (sampled.path, measure)))
    pd.testing.assert_frame_equal(one.table, other.table)


def test_comparisons_take_names_and_single_objects() -> None:
    scenario, variant = mk.load_scenario(NAME), mk.load_scenario(OTHER)
    measure = next(iter(scenario.document.measures))
    long = mk.compare(scenario, [variant], runs=3, measures=[measure])
    for base, variants in ((NAME, OTHER), (scenario, [OTHER]), (scenario, variant)):
        short = mk.compare(base, variants, runs=3, measures=measure)
        pd.testing.assert_frame_equal(short.table, long.table)
    several = ["nash", "kalai_smorodinsky"]
    listed = mk.compare_protocols(scenario, several, runs=2, measures=[measure])
    named = mk.compare_protocols(NAME, several, runs=2, measures=measure)
    pd.testing.assert_frame_equal(listed.table, named.table)


def test_rival_models_take_a_case_by_name() -> None:
    case = mk.load_case("car_emissions")
    issue = case.issues[0].name
    pd.testing.assert_frame_equal(
        mk.bench("car_emissions", issue).answers, mk.bench(case, [issue]).answers
    )


def test_a_variant_may_be_named_by_its_last_part() -> None:
    found = mk.compare("revolving_door", "no_relief", runs=2)
    assert tuple(found.scenarios) == ("revolving_door", "revolving_door/no_relief")
    with pytest.raises(ScenarioError, match=r"Did you mean no_relief\?"):
        mk.compare("revolving_door", "norelief", runs=2)
