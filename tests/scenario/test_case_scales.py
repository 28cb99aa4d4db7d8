"""One table for everything: scales that are said or refused, groups, ends, vetoes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from published import published, read_rows

from minsksim import ScenarioError, UsageError, bench, load_case

HEAD = "issue,actor,position,salience\n"
SHARES = HEAD + "toll,north,10,0.9\ntoll,south,90,0.8\n"
COPENHAGEN = "decide-exchange-and-climate/copenhagen_positions.csv"


def written(folder: Path, text: str) -> Path:
    """Write a table and return its path."""
    path = folder / "toll.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "rows",
    [
        "toll,north,10,0.9\ntoll,south,90,0.8\n",
        "toll,north,10,1\ntoll,south,90,1\n",
        "toll,north,10,80\ntoll,south,90,0.9\n",
        "toll,north,10,80\nferry,north,10,0.5\nferry,south,20,1\n",
    ],
)
def test_a_salience_that_may_be_a_share_of_one_is_refused(rows: str, tmp_path: Path) -> None:
    """B5: 0.9 is never read as 0.9 percent."""
    with pytest.raises(ScenarioError, match=r"may be read on a scale from 0 to 1 or") as caught:
        load_case(written(tmp_path, HEAD + rows))
    assert len(str(caught.value).splitlines()) == 1
    assert "# salience: 0 to 1" in str(caught.value)


def test_a_scale_that_is_said_is_taken(tmp_path: Path) -> None:
    for comment, top in (("0 to 1", 1.0), ("0-100", 100.0), ("0..5", 5.0)):
        case = load_case(written(tmp_path, f"# salience: {comment}\n{SHARES}"))
        np.testing.assert_allclose(case.salience[:, 0], [90.0 / top, 80.0 / top])
    case = load_case(written(tmp_path, SHARES), salience_scale=1)
    np.testing.assert_allclose(case.salience[:, 0], [90.0, 80.0])
    assert "Salience is given from 0 to 1 and shown from 0 to 100." in case.notes


@pytest.mark.parametrize(
    ("text", "scale", "error", "message"),
    [
        ("# salience: 0 to 1\n" + HEAD + "toll,north,10,1.5\n", None, ScenarioError,
         r"toll\.csv:3:4 salience: 1\.5 lies outside 0 to 1"),
        ("# salience: 1 to 5\n" + SHARES, None, ScenarioError, "the comment says '1 to 5'"),
        ("# salience: 0 to 1\n" + SHARES, 100, UsageError, "ends at 1 in the table and at 100"),
        (SHARES, -1, UsageError, "Give a number above 0"),
        (SHARES, float("nan"), UsageError, "Give a number above 0"),
        (HEAD + "toll,north,0.2,50\ntoll,south,1,50\n", None, ScenarioError,
         "all positions on toll lie between 0 and 1"),
    ],
)  # fmt: skip
def test_a_scale_in_doubt_gets_a_sentence(
    text: str, scale: float | None, error: type[Exception], message: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=message):
        load_case(written(tmp_path, text), salience_scale=scale)


def test_a_comment_that_gives_no_scale_is_a_comment(tmp_path: Path) -> None:
    text = "# salience: judged by experts\n# positions: likewise\n" + HEAD + "toll,north,10,80\n"
    assert load_case(written(tmp_path, text)).salience[0, 0] == 80.0


def test_positions_may_have_a_scale_for_all_issues(tmp_path: Path) -> None:
    case = load_case(written(tmp_path, "# positions: 0 to 1\n" + HEAD + "toll,north,0.2,50\n"))
    assert (case.issues[0].low, case.issues[0].high) == (0.0, 1.0)
    text = "# positions: 0 to 1\nissue,actor,position,high\ntoll,north,7,10\nferry,north,1,\n"
    case = load_case(written(tmp_path, text))
    assert [issue.high for issue in case.issues] == [10.0, 1.0]


def test_weighted_means_of_a_climate_conference_come_out() -> None:
    """Public case with salience from 0 to 1, against the file of computed means."""
    case = load_case(published(COPENHAGEN), salience_scale=1)
    found = bench(case).answers
    for row in read_rows(COPENHAGEN.replace("positions", "compromise_values_computed")):
        want = float(row["weighted_mean_salience_x_power"])
        assert found.loc[row["issue"], "compromise"] == pytest.approx(want, abs=1e-6)
        assert found.loc[row["issue"], "mean"] == pytest.approx(float(row["unweighted_mean"]))


ONE = (
    "issue,actor,position,salience,group,low,high,reference,known,unit,issue_label,veto\n"
    "toll,north,5,50,pact,0,10,2,4,crowns,The toll,yes\n"
    "toll,south,9,50,,,,,,,,\n"
    "ferry,north,20,50,,,,,,,,no\n"
    "ferry,south,70,50,other,,,,,,,\n"
)


def test_one_table_says_what_three_do(tmp_path: Path) -> None:
    case = load_case(written(tmp_path, ONE))
    toll, ferry = case.issues
    assert (toll.label, toll.unit, toll.low, toll.high) == ("The toll", "crowns", 0.0, 10.0)
    assert (toll.reference, toll.known, toll.group) == (2.0, 4.0, "pact")
    assert (ferry.group, ferry.high) == ("other", 100.0)
    assert case.veto.tolist() == [[True, False], [False, False]]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("9,50,,", "9,50,deal,", r"toll\.csv:3:5 group: deal here, pact in an earlier row of toll"),
        ("9,50,,,", "9,50,,1,", r"toll\.csv:3:6 low: 1 here, 0 in an earlier row of toll"),
        ("The toll,yes", "The toll,maybe", r"toll\.csv:2:12 veto: 'maybe' is neither yes nor no"),
    ],
)
def test_rows_of_one_table_must_agree(
    before: str, after: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError, match=message):
        load_case(written(tmp_path, ONE.replace(before, after)))


def test_a_veto_may_be_an_actors(tmp_path: Path) -> None:
    (tmp_path / "positions.csv").write_text(HEAD + "toll,north,5,50\nferry,south,9,50\n")
    (tmp_path / "actors.csv").write_text("actor,veto\nnorth,yes\nsouth,\n")
    case = load_case(tmp_path)
    assert case.veto.tolist() == [[True, True], [False, False]]
    assert case.with_veto(("south",)).veto.all()
    assert case.only(("ferry",)).veto.tolist() == [[True], [False]]
    with pytest.raises(UsageError, match="Did you mean south"):
        case.with_veto(("souht",))
