"""Answers survive a restart of the kernel, and a damaged file is said and put aside."""

import json
import os

import pytest

from minsksim import lab
from minsksim.experiment.storage.files import AtomicFile
from minsksim.lessons.catalog import find_lab
from minsksim.lessons.memory import Memory
from minsksim.lessons.session import Session

NAME = "revolving_door"
FILE = f"{NAME}.answers.json"


def sit(folder, seed=0):
    """Open the lab as a new kernel would, and return it with what it says."""
    heard = []
    memory = Memory(find_lab(NAME), folder, seed)
    return Session(find_lab(NAME), "fictional", heard.append, seed=seed, memory=memory), heard


def typed(session, **answers):
    for question in session.lab.guessed:
        session.predict(question.key, question.answer(session.world))
    session.start()
    for key, answer in answers.items():
        session.check(key, answer)


def page_letter(session, key, letter):
    """Return what an option of the page is called in this order."""
    page = next(one for one in find_lab(NAME).questions if one.key == key)
    here = next(one for one in session.lab.questions if one.key == key)
    return here.letters[here.options.index(page.options[page.letters.index(letter)])]


def test_nothing_is_kept_before_something_is_typed(tmp_path):
    session, _ = sit(tmp_path)
    session.predict("both_rise", "...")
    session.predict("both_rise", "garbage")
    assert not list(tmp_path.iterdir())
    session.predict("both_rise", "no")
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_a_restart_goes_on_where_the_kernel_ended(tmp_path):
    session, _ = sit(tmp_path)
    typed(session, both_rise="yes", memo=page_letter(session, "memo", "a"), balance="-1")
    again, heard = sit(tmp_path)
    assert "3 of 3 guesses, 1 of 7 right" in " ".join(heard[-1].split())
    assert "run all cells above it" in " ".join(heard[-1].split())
    assert again.solved == {"both_rise"}
    assert again.start()
    heard.clear()
    again.check("both_rise", "...")
    assert "kept from before, yes" in heard[0]
    assert ": right." in heard[1]
    heard.clear()
    again.check("memo", "...")
    assert "people held at the end" in heard[0]
    assert "not yet" in heard[1]
    again.predict("both_rise", "no")
    assert "the run has begun" in heard[-1]
    heard.clear()
    again.progress()
    assert "tried 1" in heard[0]


def test_another_order_of_the_options_reads_the_same_answers(tmp_path):
    session, _ = sit(tmp_path, seed=3)
    typed(session, memo=page_letter(session, "memo", "c"))
    other, heard = sit(tmp_path, seed=8)
    assert page_letter(session, "memo", "c") != page_letter(other, "memo", "c")
    heard.clear()
    other.check("memo", "")
    assert "relief granted divided by people released" in heard[0]
    assert ": right." in heard[1]


def test_the_file_holds_nobody(tmp_path):
    session, _ = sit(tmp_path)
    typed(session, both_rise="yes")
    content = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert set(content) == {"format", "lab", "started", "guesses", "answers", "tries", "solved"}


def test_reset_forgets_and_deletes(tmp_path):
    session, heard = sit(tmp_path)
    typed(session, both_rise="yes")
    session.reset()
    assert f"{FILE} is deleted" in " ".join(heard[-1].split())
    assert "IPython's history" in " ".join(heard[-1].split())
    assert not list(tmp_path.iterdir())
    assert not session.solved
    assert not session.start()
    assert not sit(tmp_path)[0].start()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "breaks off or is garbled in line 1"),
        (b'{\n "format": "answers', "breaks off or is garbled in line 2"),
        (b"\xff\xfe\x00", "garbled"),
        (b"[]", "does not hold what this lab keeps"),
        (b'{"format": 1}', "does not hold what this lab keeps"),
        (b"[" * 100_000, "breaks off|does not hold"),
    ],
)
def test_a_damaged_file_is_said_in_one_line_and_put_aside(content, reason, tmp_path):
    (tmp_path / FILE).write_bytes(content)
    session, heard = sit(tmp_path)
    line = " ".join(heard[-1].split())
    assert len(heard) == 2  # the lab's own line, and this
    assert line.startswith(f"{FILE} is damaged: ")
    assert any(part in line for part in reason.split("|"))
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == content
    session.predict("both_rise", "no")
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["lab"] == NAME


@pytest.mark.parametrize("key", ["lab", "guesses", "answers", "tries"])
def test_a_file_that_was_meddled_with_is_damaged(key, tmp_path):
    session, _ = sit(tmp_path)
    typed(session, both_rise="yes")
    content = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    content[key] = {"both_rise": {"no": "answer"}} if key != "lab" else "other"
    (tmp_path / FILE).write_text(json.dumps(content), encoding="utf-8")
    again, heard = sit(tmp_path)
    assert "is damaged" in heard[-1]
    assert not again.solved


def test_a_link_is_not_followed(tmp_path):
    target = tmp_path / "mine.txt"
    target.write_text("mine", encoding="utf-8")
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / FILE).symlink_to(target)
    session, heard = sit(folder)
    assert "no file that can be read" in " ".join(heard[-1].split())
    session.predict("both_rise", "no")
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_question_that_is_no_longer_asked_is_left_out(tmp_path):
    session, _ = sit(tmp_path)
    typed(session, both_rise="yes")
    content = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    content["answers"]["gone"] = 1
    content["solved"].append("gone")
    (tmp_path / FILE).write_text(json.dumps(content), encoding="utf-8")
    assert sit(tmp_path)[0].solved == {"both_rise"}


def test_a_kill_while_writing_leaves_the_old_answers(tmp_path, monkeypatch):
    session, _ = sit(tmp_path)
    session.predict("both_rise", "no")
    before = (tmp_path / FILE).read_bytes()

    def stop(self, data):
        raise KeyboardInterrupt

    monkeypatch.setattr(AtomicFile, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        session.predict("both_rise", "yes")
    assert (tmp_path / FILE).read_bytes() == before


def test_a_disk_that_refuses_is_said_once_and_the_lab_goes_on(tmp_path, monkeypatch):
    session, heard = sit(tmp_path)

    def refuse(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    session.predict("both_rise", "yes")
    session.predict("held_after", "1280")
    said = [" ".join(line.split()) for line in heard]
    assert len([line for line in said if "cannot be written here" in line]) == 1
    assert "noted" in said[-1]


def test_without_a_folder_nothing_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    session = lab(NAME, folder=None)
    assert "IPython's history" in " ".join(capsys.readouterr().out.split())
    session.predict("both_rise", "no")
    session.reset()
    assert not list(tmp_path.iterdir())
    elsewhere = tmp_path / "kept"
    elsewhere.mkdir()
    lab(NAME, folder=elsewhere).predict("both_rise", "no")
    assert [file.name for file in elsewhere.iterdir()] == [FILE]
