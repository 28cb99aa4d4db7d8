"""R13: no write leaves a result's folder, and only what minsksim wrote is removed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from toy_kernel import ToyKernel

from minsksim import plots
from minsksim.errors import MinsksimError, ResultDamaged
from minsksim.experiment import find_damage, resume
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.result import load_result
from minsksim.experiment.running.shard import parse_part, perform_part
from minsksim.experiment.storage.files import AtomicFile, read_file, write_file
from minsksim.experiment.storage.from_manifest import question_of
from minsksim.experiment.storage.integrity import read_record
from minsksim.experiment.storage.journal import line_of, read_journal
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.storage.own_files import proof_of, sort_out
from minsksim.experiment.storage.pictures import Picture, picture_damage, write_pictures
from minsksim.experiment.storage.prune import look, prune, stored_in
from minsksim.experiment.sweep import answer

STORES = Path(__file__).parents[2] / "data" / "stores"
posix = pytest.mark.skipif(os.name == "nt", reason="makes links")


def files_in(folder: Path) -> set[str]:
    """Return what lies in a folder, by path."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, pair) -> Path:
    """Return the folder of a small sweep with figures, made once."""
    question = SweepRequest(runs=120, series=20).question([pair])
    folder = tmp_path_factory.mktemp("made") / question.id
    result = answer(question, folder, kernel=ToyKernel(), layout=Layout(block=50, sample=10))
    plots.save_all(result)
    return Path(result.path)


@pytest.fixture
def stored(made: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(made, tmp_path / "results" / "pair" / made.name))


@pytest.fixture
def precious(tmp_path: Path) -> Iterator[Path]:
    """A file and a folder elsewhere, that must be as they were."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "precious").write_text("not yours\n")
    yield folder
    assert files_in(folder) == {"precious"}
    assert (folder / "precious").read_text() == "not yours\n"


TEMPORARIES = (
    ".writing-manifest.json", "figures/.writing-measures.png",
    "shards/.writing-runs-000-0000000000.runs.parquet",
)  # fmt: skip
"""Names of files that we had not finished, for files of others."""


# D2: removing.


def test_another_programs_folder_stays(tmp_path: Path, tally) -> None:
    """The smallest example, and others that look like a result from a distance."""
    manifests = [
        {"name": "web", "id": "0123456789ab", "files": ["index.html"]},
        {"format": 1, "id": "0123456789ab", "question": {"scenarios": [], "design": {}}},
        [],
        "text",
    ]
    for number, manifest in enumerate(manifests):
        folder = tmp_path / "proj" / f"app{number}"
        (folder / "shards").mkdir(parents=True)
        for name in ("manifest.json", "digest.json", "timings.json", "failed.jsonl", "lock"):
            (folder / name).write_text(json.dumps(manifest))
        (folder / "journal.jsonl").write_text('{"kind": "begin"}\n')
        (folder / "shards" / "runs-000-0000000000.runs.parquet").write_text("mine")
    before = files_in(tmp_path)
    found = list(stored_in(tmp_path))
    assert {one.state for one in found} == {"foreign"}
    gone, said = prune(found)
    assert gone == []
    assert len(said) == len(manifests)
    assert all("nothing proves" in sentence for sentence in said)
    assert files_in(tmp_path) == before
    tally("R13", "folders of other programs offered for pruning: all left", cases=len(manifests))


def test_a_whole_result_goes_without_a_trace(stored: Path) -> None:
    assert look(stored).state == "finished"
    gone, said = prune([look(stored)])
    assert (len(gone), said) == (1, [])
    assert not stored.exists()


@pytest.mark.parametrize("kept", sorted(path.parent for path in STORES.glob("*/*/*/manifest.json")))
def test_an_older_result_proves_its_files(kept: Path) -> None:
    proof = proof_of(kept)
    assert proof is not None
    assert not proof.is_damaged
    _, others = sort_out(kept, proof, trusting=False)
    assert others == []


@posix
def test_what_others_put_there_is_left_and_named(stored: Path, precious: Path) -> None:
    (stored / "notes.txt").write_text("mine")
    (stored / "figures" / "own.png").write_bytes(b"\x89PNG\r\n\x1a\n drawn by hand")
    (stored / "shards" / "sample-000-0000000099.runs.parquet").write_text("mine")
    (stored / "parts").mkdir()
    (stored / "parts" / "data").mkdir()
    (stored / "parts" / "data" / "runs-000-0000000000.json").write_text("{}")
    (stored / "shards" / ".writing-mine").mkdir()
    for name in TEMPORARIES:
        (stored / name).write_text("mine")
    (stored / "linked").symlink_to(precious)
    (stored / "runs.parquet").unlink()
    (stored / "runs.parquet").symlink_to(precious / "precious")
    (stored / "timings.json").write_text('{"mine": 1}')
    before = {
        "notes.txt", "figures/own.png", "shards/sample-000-0000000099.runs.parquet", "parts/data",
        "shards/.writing-mine", "linked", "runs.parquet", "timings.json",
    } | set(TEMPORARIES)  # fmt: skip
    gone, said = prune([look(stored)])
    assert len(gone) == 1
    (sentence,) = said
    for name in before:
        assert name in sentence, name
    left = files_in(stored) - {"figures", "shards", "parts", "parts/data/runs-000-0000000000.json"}
    assert left == before
    # and what is left is no result any more
    assert list(stored_in(stored.parent.parent)) == []


@posix
@pytest.mark.parametrize("place", ["result", "scenario"])
def test_a_result_behind_a_link_is_not_removed(tmp_path: Path, stored: Path, place: str) -> None:
    """The folder of a scenario, or of a result, that leads elsewhere."""
    other = tmp_path / "other"
    (other / "a").mkdir(parents=True)
    if place == "result":
        (other / "a" / stored.name).symlink_to(stored)
    else:
        (other / "b").symlink_to(stored.parent)
    before = files_in(stored)
    found = list(stored_in(other))
    assert {one.state for one in found} == {"foreign"}
    assert prune(found)[0] == []
    assert files_in(stored) == before


def test_a_kill_in_the_midst_leaves_an_unfinished_result(stored: Path, monkeypatch) -> None:
    """After every file that is removed: never finished, always ours, and a second try ends it."""
    total = len(files_in(stored))
    unlink = Path.unlink
    for allowed in range(total):
        copy = stored.parent.parent / f"copy{allowed}" / stored.name
        shutil.copytree(stored, copy)
        left = [allowed]

        def counted(path: Path, missing_ok: bool = False, left: list[int] = left) -> None:
            if path.is_file() and not path.name.startswith(".writing-"):
                if left[0] == 0:
                    raise KeyboardInterrupt
                left[0] -= 1
            unlink(path, missing_ok=missing_ok)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", counted)
            try:
                prune([look(copy)])
            except KeyboardInterrupt:
                pass
            else:
                assert not copy.exists()
                break
        if (copy / "manifest.json").exists():
            assert look(copy).state == "unfinished"
            gone, said = prune([look(copy)])
            assert (len(gone), said, copy.exists()) == (1, [], False)
        else:
            assert files_in(copy) <= {"lock"}


def test_resuming_removes_what_is_ours_alone(stored: Path) -> None:
    (stored / "shards" / ".writing-notes.txt").write_text("mine")
    for name in TEMPORARIES:
        (stored / name).write_text("mine")
    torn = stored / "shards" / ".writing-runs-000-0000000050.runs.parquet"
    torn.write_bytes(b"PAR1 torn")
    resume(stored, kernel=ToyKernel())
    assert not torn.exists()
    assert (stored / "shards" / ".writing-notes.txt").exists()
    assert all((stored / name).exists() for name in TEMPORARIES)


def test_parts_alone_are_listed_and_removed(made: Path, tmp_path: Path) -> None:
    """What ``--shard`` leaves before anybody gathers it."""
    folder = tmp_path / "results" / "pair" / made.name
    question = question_of(load_result(made).manifest, made)
    perform_part(question, folder, parse_part("1/2"), kernel=ToyKernel())
    (one,) = stored_in(tmp_path / "results")
    assert one.state == "unfinished"
    assert prune([one])[1] == []
    assert not folder.exists()


def test_a_folder_in_the_place_of_the_lock_keeps_no_other(stored: Path, made: Path) -> None:
    other = Path(shutil.copytree(made, stored.parent.parent / "other" / made.name))
    (stored / "lock").unlink()
    (stored / "lock").mkdir()
    gone, said = prune([look(stored), look(other)])
    assert [one.path for one in gone] == [other]
    assert "lock" in said[0]


def test_a_damaged_result_is_known_for_what_it_is(stored: Path) -> None:
    manifest = stored / "manifest.json"
    manifest.write_bytes(b"{" + manifest.read_bytes())
    assert look(stored).state == "damaged"
    (stored / "notes.txt").write_text("mine")
    (stored / "runs.parquet").write_bytes(b"torn")
    gone, _ = prune([look(stored)])
    assert len(gone) == 1
    assert files_in(stored) == {"notes.txt"}


# D3: writing.

LINKS = [
    "figures", "figures/measures.png", "figures/index.json", "parts", "parts/PART", "shards",
    "shards/SHARD", "runs.parquet", "agreements.parquet", "digest.json", "failed.jsonl",
    "journal.jsonl", "manifest.json", "lock", "timings.json", ".",
]  # fmt: skip


@posix
@pytest.mark.parametrize("name", LINKS)
def test_a_link_where_we_write_is_refused(stored: Path, precious: Path, name: str, tally) -> None:
    """On everything that writes: going on with a sweep, a part of one, figures, pruning."""
    result = load_result(stored)
    question = question_of(result.manifest, stored)
    shard = next(path.name for path in (stored / "shards").glob("runs-*"))
    target = stored / name.replace("SHARD", shard).replace("PART", "anything")
    target.parent.mkdir(exist_ok=True)
    is_folder = target.is_dir() or name.startswith("parts")
    if target == stored:
        target = stored.rename(stored.with_name("moved")) and stored
    elif target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    target.symlink_to(precious if is_folder else precious / "precious")
    refused = 0
    for write in (
        lambda: plots.save_all(result),
        lambda: resume(stored, kernel=ToyKernel()),
        lambda: perform_part(question, stored, parse_part("1/1"), kernel=ToyKernel()),
    ):
        # without its manifest there is nothing to go on with, which is another error
        with pytest.raises(MinsksimError):
            write()
        refused += 1
    prune([look(stored)])
    assert target.is_symlink()
    assert refused == 3
    tally("R13", "links where a sweep, a part, figures or pruning write: refused", cases=4)


@posix
def test_a_second_name_of_a_file_is_not_written_through(stored: Path, tmp_path: Path) -> None:
    """A hard link: what is written in place would show under its other name."""
    for name in ("journal.jsonl", "lock"):
        data = (stored / name).read_bytes()
        os.link(stored / name, tmp_path / name)
        with pytest.raises(ResultDamaged, match=name):
            resume(stored, kernel=ToyKernel())
        assert (tmp_path / name).read_bytes() == data
        (tmp_path / name).unlink()


def test_a_file_under_the_name_of_the_lock_is_not_written_over(stored: Path) -> None:
    (stored / "lock").write_text("my diary")
    with pytest.raises(ResultDamaged, match="not a lock"):
        resume(stored, kernel=ToyKernel())
    assert (stored / "lock").read_text() == "my diary"
    for torn in ("", '{"p', '{"pid": 12'):
        (stored / "lock").write_text(torn)
        resume(stored, kernel=ToyKernel())


@posix
def test_what_a_kill_left_is_replaced_and_never_written_to(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("not yours")
    for trap in (lambda path: path.symlink_to(kept), lambda path: os.link(kept, path)):
        trap(tmp_path / ".writing-a")
        write_file(tmp_path / "a", b"new")
        assert (tmp_path / "a").read_bytes() == b"new"
        assert kept.read_text() == "not yours"


@posix
def test_no_file_is_written_in_the_place_of_a_link(precious: Path, tmp_path: Path) -> None:
    """The writer itself refuses, wherever the file was to lie."""
    place = tmp_path / "figure.png"
    place.symlink_to(precious / "precious")
    with pytest.raises(ResultDamaged, match="link"):
        write_file(place, b"new")
    assert place.is_symlink()


# D6: an endless file.


def test_a_name_cannot_forge_a_line_of_the_report(stored: Path) -> None:
    journal = stored / "journal.jsonl"
    entries = [dict(entry) for entry in read_journal(journal).entries]
    entries[1]["files"] = {"x\n" + str(stored) + ": whole. Digest 0000": "0" * 64}
    journal.write_bytes(b"".join(map(line_of, entries)))
    (sentence,) = [one for one in find_damage(stored) if "Digest" in one]
    assert "\n" not in sentence


def test_an_endless_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(ResultDamaged, match="larger than any"):
        read_file(path)


# D8: figures.


def test_figures_are_whole_or_not_there(stored: Path, monkeypatch) -> None:
    pictures = {p.name: p.read_bytes() for p in (stored / "figures").glob("*.png")}
    write = AtomicFile.write

    def full(file: AtomicFile, data: bytes) -> int:
        if file.path.name == "measures.png":
            write(file, data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        return write(file, data)

    monkeypatch.setattr(AtomicFile, "write", full)
    drawn = {name: Picture(data, "a finding", "") for name, data in pictures.items()}
    with pytest.raises(OSError, match="space"):
        write_pictures(stored, drawn, is_whole_set=True)
    monkeypatch.undo()
    assert {p.name: p.read_bytes() for p in (stored / "figures").glob("*.png")} == pictures
    assert find_damage(stored) == ()


def test_verify_knows_every_figure(stored: Path, tally) -> None:
    place = stored / "figures"
    one = place / "measures.png"
    data = one.read_bytes()
    damages = {
        "torn": lambda: one.write_bytes(data[: len(data) // 2]),
        "flipped": lambda: one.write_bytes(data[:900] + bytes([data[900] ^ 1]) + data[901:]),
        "gone": one.unlink,
        "index gone": (place / "index.json").unlink,
        "index torn": lambda: (place / "index.json").write_text('{"fig'),
        "index with a path": lambda: (place / "index.json").write_text(
            json.dumps({"figures": {"../manifest.png": "0" * 64}})
        ),
    }
    index = (place / "index.json").read_bytes()
    for name, damage in damages.items():
        damage()
        sha256 = read_record(stored).figures
        assert len(found := picture_damage(stored, sha256)) == 1, name
        assert "minsksim plot" in found[0]
        assert len(find_damage(stored)) == 1
        one.write_bytes(data)
        (place / "index.json").write_bytes(index)
    assert find_damage(stored) == ()
    tally("R4", "figures torn, changed or gone: each found", cases=len(damages))


def test_a_figure_without_an_index_is_checked_by_its_own_sums(stored: Path) -> None:
    """As an older version left it."""
    place = stored / "figures"
    (place / "index.json").unlink()
    journal = stored / "journal.jsonl"
    entries = [one for one in read_journal(journal).entries if one["kind"] != "figures"]
    journal.write_bytes(b"".join(map(line_of, entries)))
    assert find_damage(stored) == ()
    one = place / "measures.png"
    one.write_bytes(one.read_bytes()[:-30])
    assert len(find_damage(stored)) == 1
