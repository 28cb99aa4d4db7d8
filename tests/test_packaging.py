"""The wheel carries everything that `minsksim run minsk` needs in any folder."""

import os
import subprocess
import sys
import zipfile

import pytest

from minsksim import load_scenario

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
