"""Paired differences of variants to their base, at the base values and over the ranges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from minsksim.analysis.spreads import BASE, RANGES
from minsksim.errors import UsageError
from minsksim.experiment.question.question import BY_POINT
from minsksim.numerals import decimals_for, number, share
from minsksim.plots import names
from minsksim.plots.canvas import Canvas, canvas_of
from minsksim.plots.drawing import head
from minsksim.plots.footer import WHERE, Size, footer
from minsksim.plots.frame import Words, fitting, frame, panels, wrap
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import BLUE, STEPS, VERMILLION, house
from minsksim.plots.summaries import paired

_COLORS = {BASE: BLUE, RANGES: VERMILLION}
_SHIFT = 0.17


class Gap(NamedTuple):
    """What a variant changes in a measure, in one half of the answer.

    ``higher`` and ``lower`` are the shares of points, or of pairs where there is one point, in
    which the variant is that; ``effect`` is the mean in standard deviations of the base's runs.
    """

    scenario: str
    measure: str
    over: str
    mean: float
    low: float
    high: float
    higher: float
    lower: float
    effect: float


@house
def differences(
    source: Source,
    measures: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw paired differences of each variant to the base, with 95 % intervals.

    Runs are paired on the same draws: same design point, same replication.

    Parameters
    ----------
    source : Result or Comparison
        Of several scenarios; the first is the base.
    measures : str or sequence of str, optional
        By default those with the largest effects, as many as the size holds.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    _, *rows = stuff.scenarios
    if not rows:
        raise UsageError("differences need a base and at least one variant in the same result")
    known = chosen(measures, stuff.measures, "measure")
    gaps = [gap for gap in gaps_of(stuff, known) if np.isfinite(gap.mean)]
    order = _by_size(gaps)
    picked = known if measures is not None else (tuple(order)[: canvas.room] or known[:1])
    halves = list(dict.fromkeys(gap.over for gap in gaps))
    columns = min(canvas.columns, len(picked))
    words = Words(
        _finding(stuff, gaps, [name for name in order if name in picked]),
        f"Differences to the base, paired on the same draws: {stuff.base.title}",
        _caption(halves, len(order) - len(picked) if measures is None else 0),
        _notice(stuff),
    )
    height = -(-len(picked) // columns) * (0.3 * len(rows) + 0.75)
    figure = frame(words, height, canvas=canvas, legend=_legend(halves))
    for index, axes in enumerate(panels(figure, len(picked), columns)):
        name = picked[index]
        axes.axvline(0, color="#444444", lw=0.9)
        for gap in gaps:
            if gap.measure == name:
                _draw(axes, rows.index(gap.scenario), gap, halves)
        _finish(axes, stuff, name, rows, (index, columns), canvas)
    return figure


def gaps_of(stuff: Material, measures: Sequence[str]) -> Iterator[Gap]:
    """Yield the difference of each variant in each measure, in each half of the answer.

    Of a comparison, what its tables say, so that figure and table agree.
    """
    if stuff.differences is not None:
        for over, table in ((BASE, stuff.differences), (RANGES, stuff.differences_over_ranges)):
            if table is None:
                continue
            for row in table.to_dict("records"):
                if row["measure"] in measures:
                    of = "points" if over == RANGES else "share"
                    ends = (row["difference"], row["low"], row["high"])
                    shares = (row[f"{of}_higher"], row[f"{of}_lower"])
                    yield Gap(row["variant"], row["measure"], over, *ends, *shares, row["effect"])
        return
    base, *rows = stuff.scenarios
    for half in stuff.halves:
        over = half.over if half.over in _COLORS else BASE
        for name in measures:
            wanted = ("point", "replication", name)
            before = half.pick(base, wanted)
            # a base that never differs makes every difference infinitely large
            spread = max(float(before[name].std()), 1e-300)
            for scenario in rows:
                if name in half.documents[scenario].measures:
                    found = paired(before, half.pick(scenario, wanted), name)
                    yield Gap(scenario, name, over, *found[:3], *found[4:], found.mean / spread)


def _by_size(gaps: Sequence[Gap]) -> list[str]:
    """Return the measures that differ, those with the largest effect first."""
    sizes: dict[str, float] = {}
    for gap in gaps:
        if gap.mean and gap.over == gaps[0].over:
            sizes[gap.measure] = max(sizes.get(gap.measure, 0.0), abs(gap.effect))
    return sorted(sizes, key=lambda name: -sizes[name])


def _is_clear(gap: Gap) -> bool:
    return gap.low > 0 or gap.high < 0


def _finding(stuff: Material, gaps: Sequence[Gap], order: Sequence[str]) -> str:
    """Say the largest effect that is clear, and at how many points it has its sign."""
    clear = [gap for gap in gaps if _is_clear(gap) and gap.over == gaps[0].over]
    clear = [gap for gap in clear if gap.measure in order]
    if not clear:
        return "No variant differs clearly from the base in any measure drawn"
    first = max(clear, key=lambda gap: abs(gap.effect))
    label = names.measure(stuff.base, first.measure)
    told = number(first.mean, decimals_for([first.mean]), signed=True)
    variant = names.variant(stuff.documents, first.scenario)
    text = f"{variant[:1].upper()}{variant[1:]}: {label.text} {told} {names.short(label.unit)}"
    same = [gap for gap in gaps if gap[:2] == first[:2] and gap.over == RANGES != first.over]
    if not same:
        return f"{text} on average"
    word, part = ("higher", same[0].higher) if first.mean > 0 else ("lower", same[0].lower)
    return f"{text} {WHERE[BASE]}, {word} at {share(part)} of the points over the ranges"


def _notice(stuff: Material) -> str:
    """Return the footer; of a comparison also with its runs over the ranges."""
    ranges = stuff.differences_over_ranges
    if ranges is None or ranges.empty:
        return stuff.notice_of_runs()
    counts = [count for count in stuff.counts.values() if count]
    runs, points = int(ranges["n"].max()), int(ranges["points"].max())
    over = Size([runs] * len(counts), points, BY_POINT, RANGES)
    return footer([Size(counts), over], stuff.seed, stuff.scenarios)


def _draw(axes: Axes, row: int, gap: Gap, halves: Sequence[str]) -> None:
    y = row + (0 if len(halves) == 1 else _SHIFT * (2 * halves.index(gap.over) - 1))
    color = _COLORS[gap.over]
    axes.plot([gap.low, gap.high], [y, y], color=color, lw=1.8, gid="interval95")
    face = color if _is_clear(gap) else "white"
    axes.plot([gap.mean], [y], "o", color=color, mfc=face, mec=color, ms=5, gid="mean")


def _finish(
    axes: Axes,
    stuff: Material,
    measure: str,
    rows: Sequence[str],
    place: tuple[int, int],
    canvas: Canvas,
) -> None:
    index, columns = place
    label = names.measure(stuff.base, measure)
    labels = [wrap(names.variant(stuff.documents, name), 26) for name in rows]
    unit = names.short(label.unit)
    head(axes, label.text, f"difference, {unit}", fitting(canvas, columns, 0.85))
    is_first = index % columns == 0
    axes.set_yticks(range(len(labels)), labels if is_first else [""] * len(labels))
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=list(STEPS)))


def _legend(halves: Sequence[str]) -> list[Artist]:
    said = [WHERE[over] for over in halves] if len(halves) > 1 else ["mean difference"]
    handles: list[Artist] = [
        Line2D([], [], color=_COLORS[over], marker="o", lw=1.8, ms=5, label=text)
        for over, text in zip(halves, said, strict=True)
    ]
    if halves:
        color = _COLORS[halves[0]]
        handles.append(
            Line2D([], [], color=color, marker="o", mfc="white", lw=1.8, ms=5, label="may be zero")
        )
    return handles


def _caption(halves: Sequence[str], more: int) -> str:
    text = (
        "Dot: mean difference over pairs of runs with the same numbers and the same draws; right "
        "of the line is more than in the base. Line: 95 % interval of that mean (how well it is "
        "known, not how far single runs spread); hollow if it holds zero."
    )
    return text + (f" The measures that differ most; {more} more differ." if more > 0 else "")
