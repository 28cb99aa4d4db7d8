"""R13, R15: a results folder and a scenario's name are not trusted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minsksim.errors import MinsksimError
from minsksim.experiment import find_damage, load_result
from minsksim.experiment.storage.journal import line_of, read_journal
from minsksim.experiment.storage.manifest import parse_manifest
from minsksim.experiment.storage.store import folder_of

WATCH = """
import sys
from minsksim.experiment import find_damage, load_result
import minsksim.experiment.storage.from_manifest, xarray
folder = sys.argv[1]
load_result(folder).series_dataset(); load_result(folder).scenarios; load_result(folder).runs
load_result(folder).contributions; load_result(folder).agreements; load_result(folder).failures
events = []
def hook(event, arguments):
    if event in ("pickle.find_class", "exec", "compile", "os.system", "subprocess.Popen"):
        events.append((event, str(arguments)[:200]))
sys.addaudithook(hook)
result = load_result(folder)
result.verify(); find_damage(result.path)
for name in ("runs", "series", "contributions", "agreements", "failures", "scenarios"):
    getattr(result, name)
result.series_dataset()
print(events)
"""


def test_opening_a_result_unpickles_and_runs_nothing(toy_sweep) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(toy_sweep().path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_lines_that_no_version_wrote_are_a_plain_error(toy_sweep) -> None:
    """Their checksums are right: whoever writes a line can add one."""
    folder = toy_sweep(runs=10).path
    journal = folder / "journal.jsonl"
    begin, *blocks, end = read_journal(journal).entries
    block = blocks[0]
    for forged in (
        [begin, {"n": 1}],
        [begin, {"n": 1, "kind": []}],
        [{"n": 0, "kind": "begin"}],
        [begin, block | {"key": 7}],
        [begin, block | {"files": None}],
        [begin, block | {"files": {"a": 1}}],
        [begin, *blocks, end | {"files": []}],
        [begin, *blocks, end | {"results_digest": None}],
        [begin, *blocks, end | {"rounds": "x"}],
    ):
        journal.write_bytes(b"".join(map(line_of, forged)))
        for use in (find_damage, load_result):
            with pytest.raises(MinsksimError):
                use(folder)


HOSTILE = {
    "manifest.json": [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"format": 2}',
        b"\xff",
        b"[" * 100000,
        b'{"format": 1, "question": {}, "id": "44136fa355b3"}',
    ],
    "journal.jsonl": [b"", b"\0" * 100, b"{}\n", b"cos\nsystem\n(S'true'\ntR."],
}


@pytest.mark.parametrize(
    ("name", "case"), [(n, c) for n in HOSTILE for c in range(len(HOSTILE[n]))]
)
def test_a_hostile_file_is_a_plain_error(toy_sweep, name: str, case: int) -> None:
    folder = toy_sweep(runs=10).path
    (folder / name).write_bytes(HOSTILE[name][case])
    with pytest.raises(MinsksimError):
        find_damage(folder)
    with pytest.raises(MinsksimError):
        _ = load_result(folder).scenarios


@pytest.mark.parametrize(
    "name",
    [
        "../../etc",
        "/etc",
        "a/../../b",
        "..",
        ".",
        "",
        "C:\\x",
        "\\\\host\\share",
        "a\x00b",
        "x" * 300,
        "a/b/c",
        "nul",
        "übung",
        "con:",
        "a b",
        "~root",
        "$HOME",
        "%2e%2e/x",
    ],
)
def test_no_name_leads_out_of_the_results(tmp_path: Path, name: str) -> None:
    folder = folder_of(tmp_path, name, "0" * 12)
    assert folder.parent.parent == tmp_path
    assert folder.resolve().is_relative_to(tmp_path.resolve())
    assert len(folder.parent.name) < 256
    folder.mkdir(parents=True)


def test_text_of_a_manifest_is_text(toy_sweep) -> None:
    """What a terminal would obey is written out as the manifest is read."""
    folder = toy_sweep(runs=10).path
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["scenarios"][0]["document"]["title"] = "Pair\x1b[31m"
    found = parse_manifest(json.dumps(manifest).encode(), folder / "manifest.json")
    assert found["scenarios"][0]["document"]["title"] == "Pair\\x1b[31m"
