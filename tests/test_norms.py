"""The norms of an honest and humane simulation, each with its check (N1, N2, N3, N7, N8, N10).

The lists that a reader may want to change are in ``tests/data``: ``allowed_names.txt`` (N1) and
``wording.yaml`` (N10).
"""

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from PIL import Image
from ruamel.yaml import YAML

import minsksim
from minsksim import NOTICE, ScenarioError, load_scenario
from minsksim.notice import NOTICE_KEY
from minsksim.scenario.provenance import read_bibliography, source_table

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests/data"
SCENARIOS = [
    file
    for folder in (ROOT / "scenarios", DATA / "pair")
    for file in sorted(folder.rglob("*.yaml"))
]
DOCS = [
    file
    for file in sorted((ROOT / "docs").rglob("*.md"))
    if not {"_build", "api"} & set(file.parts)
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "scenarios").rglob("*.md")), *DOCS]
LESSONS = sorted((ROOT / "notebooks").rglob("*.md"))
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
SOURCES = sorted((ROOT / "src").rglob("*.py"))
STRUCTURE = {"of", "from", "to", "owner", "by", "between", "table", "times", "source", "cite"}
"""Keys of a scenario file whose text is a reference, not prose."""


def shown(file: Path) -> str:
    """Return a short name for a test's id."""
    return file.relative_to(ROOT).as_posix()


def prose(node: object, key: str = "") -> Iterator[str]:
    """Yield every text of a scenario file that a person reads."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from prose(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from prose(value, key)
    elif isinstance(node, str) and key not in STRUCTURE:
        yield node


def is_pattern(text: str) -> bool:
    """Return whether a string of the source is a regular expression."""
    return "\\" in text or "(?" in text or "|" in text


@cache
def texts_of(file: Path) -> tuple[str, ...]:
    """Return the prose of a scenario, a page or a notebook, without code and addresses;
    of a source file, its docstrings and messages.
    """
    if file.suffix == ".yaml":
        found = list(prose(YAML(typ="safe", pure=True).load(file)))
    elif file.suffix == ".ipynb":
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    elif file.suffix == ".py":
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        values = [node.value for node in nodes if isinstance(node, ast.Constant)]
        found = [v for v in values if isinstance(v, str) and " " in v and not is_pattern(v)]
    else:
        found = [file.read_text(encoding="utf-8")]
    return tuple(re.sub(r"```.*?```|`[^`]*`|https?://\S+", " ", t, flags=re.DOTALL) for t in found)


# N1: no named detainee.

FIRST = re.compile(r"""(^|[.:;?!|]|\n\s*\n|\n\s*([-*#>|]+|\d+\.))[\s("'“*_#>|\[-]*$""")
"""What stands before the first word of a sentence, a heading, a list item or a table cell."""

WORD = re.compile(r"\b[A-Z][\w'’-]*[a-z][\w'’-]*")


@cache
def allowed_names() -> frozenset[str]:
    """Return places, institutions and terms of the list, and the cited authors."""
    lines = (DATA / "allowed_names.txt").read_text(encoding="utf-8").splitlines()
    listed = {word for line in lines for word in line.partition("#")[0].split()}
    works = read_bibliography(ROOT / "scenarios/sources.bib").values()
    return frozenset(
        listed | {word for work in works for word in re.findall(r"[\w-]+", work.author)}
    )


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words that this project also writes in lower case."""
    everything = [*SOURCES, *PAGES, *LESSONS, *SCENARIOS, ROOT / "tests/data/allowed_names.txt"]
    text = " ".join(file.read_text(encoding="utf-8") for file in everything)
    return frozenset(re.findall(r"(?<![\w.])[a-z]+(?![\w(])", text))


def unknown_names(text: str) -> set[str]:
    """Return capitalised words that are neither listed nor an ordinary first word."""
    found = set()
    for match in WORD.finditer(text):
        word = re.sub(r"['’]s?$", "", match[0])
        first = FIRST.search(text[: match.start()]) is not None
        ordinary = first and set(word.lower().split("-")) <= ordinary_words()
        parts = set(word.split("-"))
        if not (ordinary or word in allowed_names() or parts <= allowed_names()):
            found.add(word)
    return found


@pytest.mark.parametrize("file", [*SCENARIOS, *PAGES, *NOTEBOOKS, *LESSONS], ids=shown)
def test_n1_every_name_is_a_place_an_institution_or_a_cited_author(file):
    found = set().union(*(unknown_names(text) for text in texts_of(file)))
    assert not found, (
        "is any of these a person who is or was held? Then take it out; public figures appear in "
        f"cited background only. Otherwise add it to tests/data/allowed_names.txt: {sorted(found)}"
    )


def test_n1_the_scan_sees_a_name_anywhere_in_a_text():
    assert unknown_names("A release of Zbigniew Qwertz and 13 others.") == {"Zbigniew", "Qwertz"}
    assert unknown_names("Qwertz was released into exile.") == {"Qwertz"}
    assert not unknown_names("Washington lifts sanctions. Minsk releases people.")


# N2: nothing maximises or prices people.

AIMS = re.compile(r"(objective|maximi[sz]|minimi[sz]|optimi[sz]|target|reward|best)", re.IGNORECASE)


def with_measure(folder: Path, of: str, unit: str, label: str = "A sum") -> Path:
    """Write the fictional pair with its queue made people, and one more measure."""
    text = (
        (DATA / "pair/base.yaml")
        .read_text(encoding="utf-8")
        .replace("unit: lorries", "unit: people")
    )
    measure = f"  added: {{label: {label}, unit: {unit}, of: [{of}], take: final}}\n"
    path = folder / "base.yaml"
    path.write_text(text.replace("measures:\n", f"measures:\n{measure}"), encoding="utf-8")
    (folder / "sources.bib").write_bytes((DATA / "pair/sources.bib").read_bytes())
    return path


@pytest.mark.parametrize(
    ("of", "unit", "label"),
    [
        ("stocks.queue, levers.toll", "people", "A sum"),
        ("stocks.queue, levers.toll", "crowns", "A sum"),
        ("stocks.queue, levers.toll", "index", "A sum"),
        ("stocks.queue", "crowns", "A price"),
        ("levers.toll", "crowns per person", "A price"),
        ("levers.toll", "crowns", "Toll per prisoner"),
    ],
)
def test_n2_a_measure_neither_prices_people_nor_adds_them_to_anything(tmp_path, of, unit, label):
    with pytest.raises(ScenarioError, match=r"measures\.added"):
        load_scenario(with_measure(tmp_path, of, unit, label))


def test_n2_counting_people_is_allowed(tmp_path):
    path = with_measure(tmp_path, "stocks.queue, stocks.cleared", "people", "Everyone")
    assert load_scenario(path).document.measures["added"].unit == "people"


def test_n2_n8_nothing_public_searches_for_the_best_lever():
    assert not [name for name in minsksim.__all__ if AIMS.search(name)]
    for name in minsksim.__all__:
        value = getattr(minsksim, name)
        if callable(value) and not name.endswith(("Error", "Busy", "Damaged")):
            assert not [p for p in inspect.signature(value).parameters if AIMS.search(p)], name


# N3: not a forecast, not advice, wherever numbers leave the program.


def flat(text: str) -> str:
    """Return text with every run of white space as one blank."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def result(pair, tmp_path_factory):
    """Return a small sweep with its figures."""
    folder = tmp_path_factory.mktemp("results")
    found = minsksim.sweep([load_scenario(pair)], runs=20, results=folder, series=10)
    minsksim.plots.save_all(found)
    return found


def test_n3_every_file_of_a_result_carries_the_notice(result):
    checked = set()
    for file in sorted(Path(result.path).rglob("*")):
        if file.suffix == ".json" and file.name != "timings.json":  # a clock, no model number
            assert json.loads(file.read_text(encoding="utf-8")).get("notice") == NOTICE, file.name
        elif file.suffix == ".parquet" and file.parent.name != "shards":
            assert pq.read_metadata(file).metadata[NOTICE_KEY.encode()].decode() == NOTICE
        elif file.suffix == ".png":
            assert Image.open(file).info[NOTICE_KEY] == NOTICE, file.name
        elif file.suffix == ".csv":
            assert NOTICE in file.read_text(encoding="utf-8").splitlines()[1], file.name
        checked.add(file.suffix)
    assert {".json", ".parquet", ".png"} <= checked


def test_n3_a_figure_shows_the_notice_in_its_footer(pair):
    figure = minsksim.plots.network(load_scenario(pair))
    footer = " ".join(text.get_text() for text in figure.texts)
    assert flat(NOTICE) in flat(footer)


@pytest.mark.parametrize("style", ["table", "csv", "json"])
@pytest.mark.parametrize("command", ["run", "sweep"])
def test_n3_the_command_line_carries_the_notice(command, style, pair, tmp_path, monkeypatch):
    from minsksim.cli import main

    monkeypatch.chdir(tmp_path)
    extra = ["--runs", "20"] if command == "sweep" else []
    done = CliRunner().invoke(main, [command, str(pair), "--format", style, *extra])
    assert done.exit_code == 0, done.output
    if style == "json":
        assert json.loads(done.stdout)["notice"] == NOTICE
    elif style == "csv":
        # in a column of its own, so that the head stays the head
        assert done.stdout.splitlines()[0].endswith(",notice")
        assert NOTICE in done.stdout.splitlines()[1]
    else:
        assert flat(NOTICE) in flat(done.output)


# N7: facts, inference and assumption are kept apart, and facts have dates.


@pytest.mark.parametrize("file", SCENARIOS, ids=shown)
def test_n7_every_number_has_a_kind_and_every_fact_a_date(file):
    scenario = load_scenario(file)
    rows = source_table(scenario)
    assert len(rows) == len(scenario.numbers)
    for row in rows:
        assert row.kind, row.number
        if row.kind in ("measured", "elicited", "published"):
            work = scenario.bibliography[row.cite]
            dated = row.as_of or row.readings or (row.kind == "published" and work.year)
            assert dated, f"{row.number}: source {row.source} has no date"
        if row.kind == "assumed":
            assert row.range, f"{row.number}: an assumption without a range"
            assert row.note, f"{row.number}: an assumption without a note"


@pytest.mark.parametrize("file", SCENARIOS, ids=shown)
def test_n7_every_record_and_reading_is_cited(file):
    document = load_scenario(file).document
    records = [r for entry in document.observations.values() for r in entry.records]
    readings = [r for number in load_scenario(file).numbers.values() for r in number.readings]
    for entry in (*records, *readings):
        source = document.sources[entry.source]
        assert source.cite or source.kind == "calibrated", f"{entry} is not cited"


# N8: what the tool refuses to be is written down.


@pytest.mark.parametrize("refusal", ["optimis", "advice", "forecast", "price", "named"])
@pytest.mark.parametrize(
    ("page", "head"),
    [
        ("README.md", "What it is not"),
        ("docs/discussion/limits.md", "What the model does not claim"),
    ],
)
def test_n8_the_pages_say_what_is_refused(page, head, refusal):
    text = (ROOT / page).read_text(encoding="utf-8")
    section = re.search(rf"^#+ {head}\n(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    assert section, f"{page} needs a section '{head}'"
    assert refusal in section[1].lower()


# N10: words.


@cache
def wording() -> list[tuple[re.Pattern[str], re.Pattern[str] | None, str]]:
    """Return (what is not written, where it may stand after all, what to write instead)."""
    rules = YAML(typ="safe", pure=True).load(DATA / "wording.yaml")
    return [
        (
            re.compile(rule["never"], re.IGNORECASE),
            re.compile(rule["unless"], re.IGNORECASE) if "unless" in rule else None,
            rule["write"],
        )
        for rule in rules
    ]


def faults_of_wording(text: str) -> list[str]:
    """Return one line for each expression that the glossary replaces."""
    return [
        f"{match[0]!r} in '{sentence.strip()[:90]}': {write}"
        for sentence in re.split(r"(?<=[.?!;])\s|\n\s*\n|\|", flat_paragraphs(text))
        for never, unless, write in wording()
        for match in never.finditer(sentence)
        if not (unless and unless.search(sentence))
    ]


def flat_paragraphs(text: str) -> str:
    """Return text with its line breaks as blanks, except between paragraphs."""
    return re.sub(r"(?<!\n)\n(?!\s*\n)", " ", textwrap.dedent(text))


@pytest.mark.parametrize("file", [*SCENARIOS, *PAGES, *NOTEBOOKS, *LESSONS, *SOURCES], ids=shown)
def test_n10_words_are_those_of_the_glossary(file):
    found = [fault for text in texts_of(file) for fault in faults_of_wording(text)]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen were freed into exile.",
        "52 people were freed and sent to exile.",
        "The stock of political prisoners falls.",
        "The model predicts a release in May.",
        "The probability of a release is 0.4.",
        "The cost per prisoner falls.",
    ],
)
def test_n10_the_lint_sees_what_it_is_for(text):
    assert faults_of_wording(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen were released into exile.",
        "Viasna counts 1,201 political prisoners by its definition.",
        "Nothing here predicts a release.",
        "The share of model runs with a release is 0.4.",
    ],
)
def test_n10_the_lint_lets_the_right_words_pass(text):
    assert not faults_of_wording(text)
