"""A result for other programs: what pandas and Excel read is what was found."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from minsksim import NOTICE, Result, UsageError, load_result, sweep
from minsksim.analysis.export import export
from minsksim.analysis.export import workbook as xlsx
from minsksim.analysis.export.csv_files import csv_bytes
from minsksim.analysis.export.workbook import workbook_bytes
from minsksim.analysis.summary import summarise
from minsksim.cli import main
from minsksim.scenario import load_scenario

EVIL = '=HYPERLINK("http://x")'
HARD = pd.DataFrame(
    {
        "label": [EVIL, "+1", "@SUM(A1)", 'Минск, "Ottawa"\nand é', "0.5", "-0.5"],
        "number": [0.1 + 0.2, None, -1e-300, 1e300, 3.0, -0.0],
        "count": [1, 2, 3, 4, 5, 6],
        "is_public": [True, False, True, True, False, True],
        "date": pd.to_datetime(["2025-01-01"] * 5 + [None]),
    }
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A small sweep of the flagship with varied numbers and a sample."""
    return sweep(
        "minsk",
        runs=4,
        vary=["actors.minsk.patience=0.8:0.9:2"],
        series=2,
        results=tmp_path_factory.mktemp("results"),
    )


def read(path: Path) -> pd.DataFrame:
    """Read a CSV file as anybody would."""
    return pd.read_csv(path)


def test_the_csv_files_are_read_as_they_are(result: Result, tmp_path: Path) -> None:
    paths = result.export(tmp_path / "out")
    names = [path.name for path in paths]
    assert names == ["summary.csv", "runs.csv", "agreements.csv", "dictionary.csv", "notice.csv"]
    runs, found = read(tmp_path / "out/runs.csv"), result.runs
    assert list(runs.columns) == [*found.columns, "notice"]
    assert runs["notice"].iloc[0] == NOTICE
    assert runs["notice"].iloc[1:].isna().all()
    for name in found.columns:
        if pd.api.types.is_numeric_dtype(found[name]):
            assert pd.api.types.is_numeric_dtype(runs[name]), name
            told = found[name].where(~is_never(result, name, found), float("nan"))
            assert runs[name].to_numpy(float) == pytest.approx(
                told.to_numpy(float), rel=0, abs=0, nan_ok=True
            ), name
    summary = read(tmp_path / "out/summary.csv").drop(columns="notice")
    pd.testing.assert_frame_equal(summary, summarise(result), check_dtype=False, check_exact=True)
    dates = pd.read_csv(tmp_path / "out/agreements.csv", parse_dates=["date"])["date"]
    assert (dates == result.agreements["date"]).all()


def is_never(result: Result, name: str, runs: pd.DataFrame) -> Any:
    """Return where a measure holds a turn after the last."""
    document = result.scenarios["minsk"].document
    measure = document.measures.get(name)
    never = measure is not None and measure.take == "first_above"
    return (runs[name] > document.calendar.turns) & never


def test_every_column_is_in_the_dictionary_with_its_unit_and_source(
    result: Result, tmp_path: Path
) -> None:
    export(result, tmp_path / "out")
    told = read(tmp_path / "out/dictionary.csv").set_index(["table", "column"])
    for kind in ("summary", "runs", "agreements"):
        columns = read(tmp_path / f"out/{kind}.csv").columns.drop("notice")
        assert set(told.loc[kind].index) == set(columns)
    assert set(found_in(told)) == {"summary", "runs", "agreements"}
    assert told["label"].notna().all()
    assert told["source"].notna().all()
    patience = told.loc[("runs", "actors.minsk.patience")]
    source = load_scenario("minsk").numbers["actors.minsk.patience"].source
    assert patience["source"].startswith(f"{source} (")
    assert told.loc[("runs", "held_final"), "unit"] == "people"
    assert "stocks.held, at the end" in told.loc[("runs", "held_final"), "source"]


def found_in(told: pd.DataFrame) -> list[str]:
    """Return the tables that a dictionary tells of."""
    return told.index.get_level_values("table").unique().tolist()


def test_no_cell_of_a_csv_file_begins_like_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "hard.csv"
    path.write_bytes(csv_bytes(HARD.rename(columns={"count": "=1+1"})))
    found = pd.read_csv(path, parse_dates=["date"])
    assert found["label"].tolist() == [
        f"'{EVIL}", "+1", "'@SUM(A1)", 'Минск, "Ottawa"\\nand é', "0.5", "-0.5"
    ]  # fmt: skip
    assert "'=1+1" in found.columns
    assert found["number"].tolist()[0] == 0.1 + 0.2
    assert found["number"].isna().tolist() == [False, True, False, False, False, False]
    assert found["number"].tolist()[2:4] == [-1e-300, 1e300]
    assert found["date"].iloc[0] == pd.Timestamp(2025, 1, 1)
    assert pd.isna(found["date"].iloc[-1])
    assert found["is_public"].dtype == bool


def test_an_empty_table_has_its_head(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(csv_bytes(HARD.iloc[:0]))
    assert list(read(tmp_path / "x.csv").columns) == [*HARD.columns, "notice"]


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    path = tmp_path / "hard.xlsx"
    path.write_bytes(workbook_bytes({"hard": HARD}))
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet, "no cell is a formula"
    openpyxl = pytest.importorskip("openpyxl")
    rows = list(openpyxl.load_workbook(path)["hard"].values)
    assert rows[0] == tuple(HARD.columns)
    assert [row[0] for row in rows[1:]] == [
        EVIL, "+1", "@SUM(A1)", 'Минск, "Ottawa"\\nand é', "0.5", "-0.5"
    ]  # fmt: skip
    # a workbook has 16 digits, of which Excel shows 15
    numbers = [row[1] for row in rows[1:]]
    assert numbers == [pytest.approx(0.3, rel=1e-15), None, -1e-300, 1e300, 3, 0]
    assert rows[1][3] is True
    assert (rows[1][4].year, rows[6][4]) == (2025, None)


def test_a_workbook_of_a_result_is_what_pandas_reads(result: Result, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("openpyxl")
    (path,) = result.export(tmp_path / "out.xlsx")
    sheets = pd.read_excel(path, sheet_name=None)
    assert list(sheets) == ["summary", "runs", "agreements", "dictionary", "notice"]
    assert len(sheets["runs"]) == len(result.runs)
    assert sheets["runs"]["held_final"].tolist() == result.runs["held_final"].tolist()
    assert (sheets["agreements"]["date"] == result.agreements["date"]).all()
    assert NOTICE in sheets["notice"]["text"].tolist()
    assert result.id in sheets["notice"]["text"].tolist()


def test_a_missing_writer_of_workbooks_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, result: Result, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"pip install '\.\[xlsx\]'"):
        result.export(tmp_path / "out.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_sheet_that_cannot_hold_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr(xlsx, "ROWS", 5)
    with pytest.raises(UsageError, match=r"6 rows.*--csv"):
        workbook_bytes({"hard": HARD})


@pytest.mark.parametrize("form", ["--csv", "--xlsx"])
def test_nothing_is_written_over_without_force(result: Result, tmp_path: Path, form: str) -> None:
    if form == "--xlsx":
        pytest.importorskip("xlsxwriter")
    place = tmp_path / ("out.xlsx" if form == "--xlsx" else "out")
    words = ["export", str(result.path), form, "--out", str(place)]
    first = CliRunner().invoke(main, words)
    assert first.exit_code == 0, first.output
    assert place.as_posix() in first.stdout
    (one,) = [place] if place.is_file() else [place / "runs.csv"]
    one.write_bytes(b"mine")
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 2
    assert "--force" in again.output
    assert one.read_bytes() == b"mine"
    assert CliRunner().invoke(main, [*words, "--force"]).exit_code == 0
    assert one.read_bytes() != b"mine"
    assert not list(tmp_path.rglob(".writing-*"))


def test_a_form_must_be_said(result: Result) -> None:
    done = CliRunner().invoke(main, ["export", str(result.path)])
    assert (done.exit_code, "--xlsx" in done.output) == (2, True)


def test_what_was_never_reached_is_empty(tmp_path: Path) -> None:
    """Relief cannot be half set aside where nobody meets."""
    result = sweep(
        load_scenario("minsk", {"channels.washington_minsk.quality": 0.0}),
        runs=2, results=tmp_path / "results",
    )  # fmt: skip
    document = result.scenarios["minsk"].document
    never = [name for name, one in document.measures.items() if one.take == "first_above"]
    assert never
    result.export(tmp_path / "out")
    assert read(tmp_path / "out/runs.csv")[never].isna().all(axis=None)


def test_both_spreads_are_exported(tmp_path: Path) -> None:
    place = str(tmp_path / "results")
    words = ["sweep", "revolving_door", "--runs", "8", "--no-figures", "--results", place]
    assert CliRunner().invoke(main, words).exit_code == 0
    (folder,) = (tmp_path / "results/revolving_door").iterdir()
    names = [path.stem for path in export(folder, tmp_path / "out")]
    assert names[:3] == ["summary", "runs", "runs_ranges"]
    assert set(read(tmp_path / "out/summary.csv")["spread"]) == {"base", "ranges"}
    over = read(tmp_path / "out/runs_ranges.csv")
    told = read(tmp_path / "out/dictionary.csv").set_index(["table", "column"]).loc["runs_ranges"]
    assert over["point"].nunique() > 1
    assert told["source"].str.contains("assumed").any()


def test_older_results_can_be_exported(tmp_path: Path) -> None:
    stores = Path(__file__).parents[1] / "data/stores/0.1.0"
    for manifest in stores.rglob("manifest.json"):
        result = load_result(manifest.parent)
        export(result, tmp_path / json.loads(manifest.read_text("utf-8"))["id"])
