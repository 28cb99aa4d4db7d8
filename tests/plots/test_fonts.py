"""Text from files is text: no mathematics, letters of any script, the reader's own font."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from minsksim import plots
from minsksim.notice import NOTICE
from minsksim.plots.catalogue import KINDS
from minsksim.plots.fonts import families, missing_letters
from minsksim.plots.material import Material
from minsksim.scenario.schema import Document

DOLLARS = ("Pay $1m to $2m", "Toll $5#6 to $9", r"\\frac{1}{$x_$}")


def relabelled(stuff: Material, label: str) -> Material:
    """Return the material with one label for everything that has one."""

    def put(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: label if key in ("label", "title", "unit") else put(inner)
                for key, inner in value.items()
            }
        return [put(inner) for inner in value] if isinstance(value, list | tuple) else value

    plain = put(stuff.base.model_dump(by_alias=True))
    document = Document.model_validate(plain)
    documents = dict.fromkeys(stuff.documents, document)
    half = stuff.beside
    beside = None if half is None else replace(half, documents=documents)
    return replace(stuff, documents=documents, beside=beside, turned=())


@pytest.mark.parametrize("name", KINDS)
def test_dollars_are_no_mathematics(name: str, both: Material, stuff: Material) -> None:
    source = stuff if name == "differences" else both
    for label in DOLLARS:
        figure = plots.draw(relabelled(source, label), name)
        plots.png(figure)
        said = figure.findobj(Text)
        assert any("$" in one.get_text() for one in said)  # type: ignore[attr-defined]
        assert not any(one.get_parse_math() for one in said)  # type: ignore[attr-defined]


def test_letters_that_no_font_has_are_said_in_one_sentence(both: Material) -> None:
    figure = plots.measures(relabelled(both, "\u767d\u4fc4\u7f85\u65af"))
    if not missing_letters(figure):
        pytest.skip("a font for Chinese is installed here")
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        plots.png(figure)
    (one,) = found
    assert one.category is plots.MissingLetters
    assert str(one.message).startswith("No installed font has \u4fc4\u65af\u767d\u7f85: ")


def test_latin_greek_and_cyrillic_need_no_sentence(both: Material) -> None:
    figure = plots.measures(
        relabelled(both, "\u041c\u0438\u043d\u0441\u043a \u0394 \u0142\u00f3d\u017a")
    )
    assert missing_letters(figure) == ""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plots.png(figure)


def family_of(figure: Figure) -> str:
    text = figure.findobj(Text)[0]
    assert isinstance(text, Text)
    return text.get_fontfamily()[0]


def test_the_font_of_the_reader_is_kept(both: Material) -> None:
    assert family_of(plots.measures(both)) == "DejaVu Sans"
    with matplotlib.rc_context({"font.family": "STIXGeneral"}):
        assert families()[:2] == ["STIXGeneral", "DejaVu Sans"]
        figure = plots.measures(both)
    assert family_of(figure) == "STIXGeneral"
    with matplotlib.rc_context({"font.family": ["serif"], "font.serif": ["DejaVu Serif"]}):
        assert family_of(plots.measures(both)) == "DejaVu Serif"
    with matplotlib.rc_context({"font.family": "Not Installed"}):
        assert families()[0] == "DejaVu Sans"


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_images_hold_the_notice_and_no_date(kind: str, both: Material) -> None:
    first = plots.image(plots.measures(both), kind)
    assert first == plots.image(plots.measures(both), kind)
    assert NOTICE.encode() in first
    assert b"CreationDate" not in first
    assert b"<dc:date>" not in first
    assert matplotlib.__version__.encode() not in first
