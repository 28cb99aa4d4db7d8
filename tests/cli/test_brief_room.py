"""What a brief keeps where room is scarce: meetings in vain, broken promises, what went missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from minsksim.cli import main

KARSA = Path(__file__).parents[1] / "data/karsa.yaml"
"""Long labels; a red line, two ratifiers, and an outsider whose counter-offer is broken."""
VISITS = {
    "label": "Visits that the envoy can make",
    "unit": "visits",
    "reference": [0, 4],
    "initial": {"value": 0, "source": "D1"},
    "inflows": {"gained": {"amount": {"value": 0.4, "source": "D1"}}},
}
CAUSE = {
    "on": ["2031-04-15", "2031-10-20"],
    "spends": {"stock": "visits", "amount": {"value": 1, "source": "D1"}},
    "waits": 1,
}


def brief_of(path: Path | str, width: int) -> tuple[list[str], str]:
    """Return the lines before the notice, and all of them as one text."""
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, ["run", str(path)])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("Not a forecast"))
    return lines[:place], " ".join(" ".join(lines[:place]).split())


@pytest.fixture(scope="module")
def scarce(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same case where meetings need a visit and two turns between them."""
    yaml = YAML()
    plain = yaml.load(KARSA)
    plain["stocks"]["visits"] = VISITS
    plain["channels"]["talks"]["meetings"] = CAUSE
    path = tmp_path_factory.mktemp("scarce") / "scarce.yaml"
    yaml.dump(plain, path)
    return path


@pytest.mark.parametrize("width", [80, 100, 120])
def test_meetings_in_vain_and_broken_promises_stay(width: int) -> None:
    lines, text = brief_of(KARSA, width)
    assert "Quiet Government of Tarn and Ridge movement met, and no package suits every" in text
    assert "beyond the red line: Above 20 points Tarn signs nothing; 5 times" in text
    assert "(1 broken)" in text
    assert "took Arms from Osk for a month, which Osk did not deliver." in text
    assert len(lines) <= (18 if width == 80 else 15)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_they_stay_where_meetings_have_a_row_of_their_own(width: int, scarce: Path) -> None:
    lines, text = brief_of(scarce, width)
    assert " Met " in text
    assert "Quiet Government of Tarn and Ridge movement met, and" in text
    assert "beyond the red line" in text
    assert len(lines) <= 18


def test_what_is_left_out_is_named() -> None:
    """A narrow screen has no room for the worst agreement; a wide one has, and says nothing."""
    narrow, wide = (brief_of(KARSA, width)[1] for width in (80, 120))
    assert "more with --full: the worst agreement" in narrow
    assert "The worst agreement for an outsider, in Jan 2031, cost Osk 0.400 utils" in wide
    assert "for many runs, --full for every turn." in wide


def test_quiet_turns_without_a_cause_are_named_where_they_go() -> None:
    text = brief_of("minsk", 100)[1]
    assert " Quiet " not in text
    assert "more with --full: quiet turns." in text


def test_what_was_delivered_instead_is_not_called_undelivered() -> None:
    assert "did not deliver" not in brief_of("outbid", 100)[1]
