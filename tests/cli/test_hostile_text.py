"""Text from files of a stranger is shown as text: terminals and spreadsheets obey none of it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from minsksim import NOTICE, load_result, load_scenario, plots
from minsksim.cli import main
from minsksim.experiment.storage.journal import line_of, read_journal
from minsksim.text import INVISIBLE, shown, shown_in_cell, shown_in_json, shown_in_line

PAIR = Path(__file__).parents[1] / "data" / "pair" / "base.yaml"
ATTACK = "\x1b]0;pwned\x07\x1b[31m\x9b2J\u202egnp.exe"
WHAT = "text and names that would command a terminal: shown as text"


def run(*words: str, folder: Path) -> Result:
    """Run the program in this process and another folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, list(words))
    finally:
        os.chdir(before)


def result_of(folder: Path) -> Path:
    """Return the one result there is; figures of several results lie beside it."""
    (manifest,) = (folder / "results").glob("*/*/manifest.json")
    return manifest.parent


def clean(result: Result) -> str:
    """Return everything that was printed, none of which a terminal obeys."""
    text = result.stdout + result.stderr
    assert INVISIBLE.search(text) is None, repr(text)
    assert "Traceback" not in text
    return text


def forge(folder: Path, change: Callable[[str], str]) -> None:
    """Change the texts of a manifest, and the journal so that nothing looks damaged."""
    manifest = folder / "manifest.json"
    document = json.loads(manifest.read_text(encoding="utf-8"))
    scenario = document["scenarios"][0]
    scenario["because"] = change("because")
    body = scenario["document"]
    body["title"], body["question"] = change(body["title"]), change(body["question"])
    for section in ("actors", "levers", "interests", "channels", "measures"):
        for one in body[section].values():
            one["label"] = change(one["label"])
    for column in document["columns"]["runs"]:
        column["label"] = change(column["label"])
    data = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    manifest.write_bytes(data)
    journal = folder / "journal.jsonl"
    entries = [dict(entry) for entry in read_journal(journal).entries]
    entries[0]["manifest"] = hashlib.sha256(data).hexdigest()
    journal.write_bytes(b"".join(map(line_of, entries)))


def relabelled(folder: Path, labels: dict[str, str]) -> Path:
    """Write the pair's scenario with other labels."""
    shutil.copy(PAIR.with_name("sources.bib"), folder)
    text = PAIR.read_text(encoding="utf-8")
    for old, new in labels.items():
        assert f"label: {old}" in text
        text = text.replace(f"label: {old}", f"label: {new}")
    (folder / "base.yaml").write_text(text, encoding="utf-8")
    return folder / "base.yaml"


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a result whose every text attacks whoever shows it."""
    home = tmp_path_factory.mktemp("forged")
    words = ("sweep", str(PAIR), "--runs", "12", "--series", "6", "--no-figures")
    words += ("--design", "lhs", "--points", "16", "--vary", "levers.toll.step.down=0:60")
    assert run(*words, folder=home).exit_code == 0
    (folder,) = (home / "results").glob("*/*")
    forge(folder, lambda text: text + ATTACK)
    if os.name != "nt":
        folder.parent.rename(folder.parent.with_name(f"pa{ATTACK}ir"))
    return home


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("command", ["results list", "results show", "replay", "sensitivity"])
def test_a_manifest_cannot_speak_to_the_terminal(
    forged: Path, command: str, form: str, tally
) -> None:
    folder = result_of(forged)
    place = [] if command.endswith("list") else [str(folder.relative_to(forged))]
    result = run(*command.split(), *place, "--format", form, folder=forged)
    text = clean(result)
    # other labels make another scenario, which is not replayed
    assert result.exit_code == (8 if command == "replay" else 0), text
    if form == "json" and result.exit_code == 0:
        json.loads(result.stdout)
    if form == "csv" and result.exit_code == 0:
        assert len(pd.read_csv(io.StringIO(result.stdout))) > 0
    tally("R15", WHAT, cases=1)


@pytest.mark.parametrize(
    "words",
    [
        ("plot", "PLACE"),
        ("results", "verify"),
        ("results", "verify", "PLACE"),
        ("results", "prune", "--older-than", "0"),
        ("results", "show", f"no{ATTACK}where"),
        ("run", f"no{ATTACK}where"),
        ("check", f"no{ATTACK}where.yaml"),
        (f"no{ATTACK}command",),
        ("sweep", f"--no{ATTACK}option"),
        ("sweep", str(PAIR), "--points-file", f"no{ATTACK}where.csv"),
        ("bench", f"no{ATTACK}where.csv"),
        ("run", str(PAIR), "--set", f"levers.{ATTACK}=1"),
    ],
    ids=lambda words: " ".join(words[:2]).encode("ascii", "ignore").decode()[:24],
)
def test_names_cannot_speak_to_the_terminal(forged: Path, words: tuple[str, ...], tally) -> None:
    folder = result_of(forged)
    place = str(folder.relative_to(forged))
    clean(run(*(place if word == "PLACE" else word for word in words), folder=forged))
    tally("R15", WHAT, cases=1)


def test_figures_show_the_text(forged: Path) -> None:
    from matplotlib.text import Text

    folder = result_of(forged)
    result = load_result(folder)
    figure = plots.network(next(iter(result.scenarios.values())))
    figure.canvas.draw()
    texts = [artist.get_text() for artist in figure.findobj(Text)]
    assert any("pwned" in text for text in texts)
    assert not [text for text in texts if INVISIBLE.search(text)]


def test_dollars_in_a_label_are_no_mathematics(tmp_path: Path) -> None:
    changes = {"Northland": "Pay $1m to $2m", "Toll on a lorry in transit": "'Toll $5#6 to $9'"}
    figure = plots.network(load_scenario(relabelled(tmp_path, changes)))
    assert plots.png(figure).startswith(b"\x89PNG")
    from matplotlib.text import Text

    shown_texts = [one for one in figure.findobj(Text) if "$1m" in one.get_text()]
    assert shown_texts
    assert not any(one.get_parse_math() for one in shown_texts)


def test_a_case_file_with_controls_is_refused(tmp_path: Path) -> None:
    head = "issue,actor,position,salience,capability\n"
    (tmp_path / "case.csv").write_text(f"{head}tax,A{ATTACK},1,2,3\n", encoding="utf-8")
    result = run("bench", "case.csv", folder=tmp_path)
    assert result.exit_code == 3
    assert "invisible character" in clean(result)


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    """The smallest example: a measure labelled =HYPERLINK(1)."""
    label = load_scenario(PAIR).document.measures["toll_final"].label
    relabelled(tmp_path, {label: "'=HYPERLINK(1)'"})
    words = ("sweep", "base.yaml", "--runs", "5", "--no-figures", "--format", "csv")
    result = run(*words, folder=tmp_path)
    assert result.exit_code == 0, result.output
    cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_pandas_reads_the_head_as_the_head() -> None:
    found = CliRunner().invoke(main, ["run", str(PAIR), "--format", "csv"])
    frame = pd.read_csv(io.StringIO(found.stdout))
    assert frame["turn"].tolist() == list(range(13))
    assert frame["levers.toll"].dtype == float
    assert frame["notice"].dropna().tolist() == [NOTICE]


def test_text_by_hand() -> None:
    assert shown("a\nb\tc\r\nd\re") == "a\nb\tc\nd\\re"
    assert shown_in_line("a\nb") == "a\\nb"
    assert shown("\ud800\x00\x7f\u2066") == "\\ud800\\x00\\x7f\\u2066"
    assert shown("Лукашенка, 北京, 1–2 %") == "Лукашенка, 北京, 1–2 %"
    for text in ("=1", "+a", "@x", "-a", "\t=1", "-", "+1+1"):
        assert shown_in_cell(text)[0] == "'"
    for text in ("-0.5", "+3", "1e-5", "a=b", "", "−3"):
        assert shown_in_cell(text) == text
    hard = json.dumps({"a": ATTACK}, ensure_ascii=False)
    assert INVISIBLE.search(shown_in_json(hard)) is None
    assert json.loads(shown_in_json(hard)) == {"a": ATTACK}


def test_everything_is_printed_through_one_door() -> None:
    """Nobody calls click.echo, print or a console of rich but the modules that clean."""
    root = Path(__file__).parents[2] / "src" / "minsksim"
    doors = {"output.py", "screen.py", "__init__.py"}
    for file in root.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        if file.name not in doors:
            assert "click.echo(" not in source, file
            assert "Console(" not in source, file
