"""The wheel carries everything that `minsksim run minsk` needs in any folder."""

import os
import subprocess
import sys
import tarfile
import zipfile

import pytest
from click.testing import CliRunner

from minsksim import load_scenario
from minsksim.cli import main

SHOW = """
import minsksim
print(minsksim.__file__)
print(minsksim.__version__)
print(minsksim.load_scenario("minsk").digest)
"""


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """Build the wheel with the back end itself, so that no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_the_package_and_every_scenario_file(wheel, root):
    names = set(zipfile.ZipFile(wheel).namelist())
    files = [file for file in (root / "scenarios").rglob("*") if file.is_file()]
    wanted = {f"minsksim/_scenarios/{f.relative_to(root / 'scenarios').as_posix()}" for f in files}
    assert files
    assert wanted <= names
    assert "minsksim/py.typed" in names
    notebooks = {f"minsksim/_notebooks/{f.name}" for f in (root / "notebooks").glob("*.ipynb")}
    assert notebooks
    assert {name for name in names if "_notebooks" in name} == notebooks
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"minsksim"}


def test_unpacked_wheel_runs_in_an_empty_folder(wheel, tmp_path):
    home = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(home)
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    place, version, digest = done.stdout.split()
    assert place.startswith(str(home))
    assert version in wheel.name
    assert digest == load_scenario("minsk").digest


def test_the_sdist_holds_all_that_its_tests_need(root, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    wanted = {name for name in tracked if name and not name.startswith(".git")}
    assert wanted <= names


def test_a_notebook_is_written_once_and_by_its_number(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["notebook", "1"])
    assert (done.exit_code, done.stdout) == (0, "01_one_run.ipynb\n")
    again = CliRunner().invoke(main, ["notebook", "01_one_run"])
    assert again.exit_code == 2
    assert "already here" in again.stderr
    wrong = CliRunner().invoke(main, ["notebook", "sweep"])
    assert wrong.exit_code == 2
    assert "There is no notebook 'sweep'. Did you mean" in wrong.stderr
    listed = CliRunner().invoke(main, ["notebook", "--format", "csv"])
    assert listed.stdout.startswith("name,question")
    assert '01_one_run,"One run: who agreed what' in listed.stdout
