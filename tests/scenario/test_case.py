"""Cases from tables: the shipped one, one file, the DEU folder, and every fault with its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cars import CARE, CARS, POWER, YEARS
from hypothesis import given, settings
from hypothesis import strategies as st
from published import published

from minsksim import Case, ScenarioError, UsageError, list_scenarios, load_case, load_scenario
from minsksim.scenario.catalog import list_cases
from minsksim.scenario.provenance import read_bibliography

TABLE = """# title: A toll
# source: invented, for a test
issue,actor,label,position,salience,capability
toll,north,Northland,0,80,2
toll,south,Southmark,100,,1
ferry,north,Northland,,50,2
ferry,south,Southmark,60,40,1
"""


def written(folder: Path, text: str, name: str = "toll.csv") -> Path:
    """Write a table and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_car_emissions_is_the_published_example(root: Path) -> None:
    case = load_case("car_emissions")
    assert case.labels == tuple(CARS)
    np.testing.assert_array_equal(case.positions[:, 0], YEARS)
    np.testing.assert_allclose(case.salience[:, 0], 100.0 * CARE)
    np.testing.assert_array_equal(case.capability, POWER)
    assert (case.issues[0].low, case.issues[0].high) == (4.0, 10.0)
    known = read_bibliography(root / "scenarios/sources.bib")
    keys = [part.partition(",")[0].strip() for part in case.source.split(";")]
    assert set(keys) <= known.keys()


def test_shipped_cases_are_listed_beside_scenarios() -> None:
    assert [entry.name for entry in list_cases()] == ["car_emissions"]
    assert "car_emissions" not in [entry.name for entry in list_scenarios()]
    with pytest.raises(ScenarioError, match="minsksim bench car_emissions"):
        load_scenario("car_emissions")


def test_one_table_is_a_case(tmp_path: Path) -> None:
    case = load_case(written(tmp_path, TABLE))
    assert (case.title, case.name, case.actors) == ("A toll", "toll", ("north", "south"))
    assert [issue.name for issue in case.issues] == ["toll", "ferry"]
    np.testing.assert_array_equal(case.positions, [[0.0, np.nan], [100.0, 60.0]])
    np.testing.assert_array_equal(case.weights, [[160.0, 0.0], [0.0, 40.0]])
    assert "1 of 3 positions have no salience" in case.notes[0]
    assert (case.issues[0].low, case.issues[0].high, case.issues[0].middle) == (0.0, 100.0, 50.0)


def test_missing_columns_have_a_rule(tmp_path: Path) -> None:
    case = load_case(written(tmp_path, "actor,position\nnorth,10\nsouth,20\n"))
    assert [issue.name for issue in case.issues] == ["toll"]
    np.testing.assert_array_equal(case.weights, [[100.0], [100.0]])
    assert len(case.notes) == 2


def test_a_folder_of_three_tables(tmp_path: Path) -> None:
    written(tmp_path, "issue,actor,position,salience\ntoll,north,5,10\n", "positions.csv")
    written(
        tmp_path, "actor,label,capability\nsouth,Southmark,3\nnorth,Northland,1\n", "actors.csv"
    )
    issues = "issue,label,unit,low,high,reference,known,group\ntoll,The toll,crowns,-5,5,0,2,pact\n"
    written(tmp_path, issues, "issues.csv")
    case = load_case(tmp_path)
    assert case.actors == ("south", "north")
    issue = case.issues[0]
    assert (issue.label, issue.unit, issue.low, issue.high) == ("The toll", "crowns", -5.0, 5.0)
    assert (issue.reference, issue.known, issue.group) == (0.0, 2.0, "pact")
    np.testing.assert_array_equal(case.positions, [[np.nan], [5.0]])


def test_decisions_of_the_european_union() -> None:
    case = load_case(published("eu-deu3"))
    assert (len(case.actors), len(case.issues)) == (30, 188)
    known = np.array([issue.known for issue in case.issues])
    assert int(np.isfinite(known).sum()) == 180
    assert case.labels[0] == "European Commission"
    assert case.issues[0].group == "d00032"
    assert "17 of 3631 positions have no salience" in case.notes[0]


HEAD = "issue,actor,position,salience,capability\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "toll,north,5,120,1\n", r"toll\.csv:2:4 salience: 120 lies outside 0 to 100"),
        (HEAD + "toll,north,five,20,1\n", r"toll\.csv:2:3 position: 'five' is not a number"),
        (HEAD + "toll,north,nan,20,1\n", r"toll\.csv:2:3 position: 'nan' is not a number"),
        (HEAD + "toll,north,5,20,\n", r"toll\.csv:2:5 capability: is empty"),
        (HEAD + "toll,north,5,20,-1\n", r"toll\.csv:2:5 capability: -1 lies outside 0 to 1e\+12"),
        (HEAD + "toll,north,5,20,1e308\n", r"toll\.csv:2:5 capability: 1e308 lies outside"),
        (HEAD + "toll,,5,20,1\n", r"toll\.csv:2:2 actor: is empty"),
        (HEAD + "toll,north,5,20\n", r"toll\.csv:2:1 has 4 cells; the head has 5"),
        (HEAD + "toll,north,150,20,1\n", r"toll\.csv:2:1 position: 150 lies outside the scale"),
        (
            HEAD + "toll,north,5,20,1\n\ntoll,north,6,20,1\n",
            r"toll\.csv:4:1 actor: north has a position on toll in line 2 already",
        ),
        (
            HEAD + "toll,north,5,20,1\nferry,north,5,20,2\n",
            r"toll\.csv:3:1 capability: 2 here, 1 in line 2",
        ),
        (HEAD + "toll,north,,20,1\n# done\n", r"toll\.csv:2:1 issue: nobody has a position"),
        (
            "actor,positon\nnorth,5\n",
            r"toll\.csv:1:2 positon: no such column. Did you mean position",
        ),
        ("actor,salience\nnorth,5\n", r"toll\.csv:1:1 position: this column is missing"),
        (
            "actor,position,position\nnorth,5,5\n",
            r"toll\.csv:1:3 position: this column is there twice",
        ),
        ("# only a comment\n", r"toll\.csv:1:1 holds no rows"),
        ("", r"toll\.csv:1:1 holds no rows"),
    ],
)
def test_a_fault_has_its_place_and_a_fix(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=message):
        load_case(written(tmp_path, text))


def test_all_faults_of_a_table_come_together(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_case(written(tmp_path, HEAD + "toll,north,x,120,1\ntoll,south,5,20,\n"))
    assert len(str(caught.value).splitlines()) == 3


def test_bytes_that_are_no_text_have_a_line(tmp_path: Path) -> None:
    path = tmp_path / "toll.csv"
    path.write_bytes(HEAD.encode() + b"toll,n\xf6rd,5,20,1\n")
    with pytest.raises(ScenarioError, match=r"toll\.csv:2:1 is not UTF-8"):
        load_case(path)


def test_names_across_tables_must_agree(tmp_path: Path) -> None:
    written(tmp_path, "issue,actor,position,salience\ntol,nort,5,10\n", "positions.csv")
    written(tmp_path, "actor,capability\nnorth,1\nnorth,2\n", "actors.csv")
    written(tmp_path, "issue,low,high\ntoll,5,5\n", "issues.csv")
    with pytest.raises(ScenarioError) as caught:
        load_case(tmp_path)
    assert "actor: no nort. Did you mean north?" in str(caught.value)
    assert "actors.csv:3:1 actor: north stands already in line 2" in str(caught.value)


def test_a_scale_has_two_ends(tmp_path: Path) -> None:
    written(tmp_path, "issue,actor,position,salience\ntoll,north,5,10\n", "positions.csv")
    written(tmp_path, "issue,low,high\ntoll,5,5\n", "issues.csv")
    with pytest.raises(ScenarioError, match="the scale of toll runs from 5 to 5"):
        load_case(tmp_path)


@pytest.mark.parametrize(
    ("reference", "hint"),
    [("car_emission", "car_emissions"), ("no/such.csv", "no such file"), ("minks", "minsk")],
)
def test_what_is_no_case_gets_a_sentence(reference: str, hint: str) -> None:
    with pytest.raises(ScenarioError, match=hint):
        load_case(reference)


def test_a_folder_without_tables_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"holds no positions\.csv"):
        load_case(tmp_path)


def test_a_case_is_frozen_and_can_be_cut_down() -> None:
    case = load_case("car_emissions")
    with pytest.raises(ValueError, match="read-only"):
        case.positions[0, 0] = 5.0
    assert case.only(("years",)).issues == case.issues
    with pytest.raises(UsageError, match="Did you mean years"):
        case.only(("yers",))
    with pytest.raises(UsageError, match="actors x issues"):
        Case(
            "a", "a", "", "", ("x",), ("X",), case.issues,
            np.zeros((2, 1)), np.zeros((2, 1)), np.ones(1),
        )  # fmt: skip


cells = st.one_of(
    st.sampled_from(
        ["toll", "north", "south", "5", "0", "100", "-1", "1e400", "", '"', "nan", "#"]
    ),
    st.text(max_size=8),
)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.lists(cells, min_size=3, max_size=6).map(",".join), max_size=8))
def test_any_text_is_a_case_or_gets_sentences(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    """Fuzzing: no table, however odd, ends in anything but a case or an error of ours."""
    path = tmp_path_factory.mktemp("odd") / "toll.csv"
    text = "\n".join(["actor,position,salience", *rows])
    path.write_bytes(text.encode("utf-8", errors="replace"))
    try:
        found = load_case(path)
    except ScenarioError:
        return
    known = found.positions[~np.isnan(found.positions)]
    assert known.size
    assert np.all((known >= 0.0) & (known <= 100.0))
