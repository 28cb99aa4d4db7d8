"""A negotiation domain: issues with a few values each, and what every value is worth to each party.

Read from JSON, in the form in which domains of the automated negotiating agents competition are
passed on. A party's utility of an outcome is the sum over issues of weight times evaluation; its
reservation value is what no deal is worth to it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import ConfigDict, Field

from .case import Floats
from .case_json import Part, read_json, refuse, shaped
from .places import clip, nearest

MOST_PACKAGES = 2_000_000
NO_AGREEMENT = "no deal"
"""What ``known`` says where the parties did not agree."""
_DOMAIN, _EXPECTED = ".domain.json", ".expected.json"


Utility = Annotated[float, Field(ge=-1e12, le=1e12)]
"""Sums and products of utilities stay finite."""


class _Issue(Part):
    name: str = Field(min_length=1)
    values: list[str] = Field(min_length=1)


class _Profile(Part):
    profile: str = Field(min_length=1)
    weights: dict[str, Utility]
    evaluations: dict[str, dict[str, Utility]]
    raw_evaluations: dict[str, Any] = Field(default_factory=dict)


class _File(Part):
    name: str
    issues: list[_Issue] = Field(min_length=1)
    utilities: list[_Profile] = Field(min_length=2, max_length=10)
    profiles: list[str] = Field(default_factory=list)
    reservation_values: list[Utility | None] = Field(default_factory=list)
    discount_factors: list[float | None] = Field(default_factory=list)
    note: str = ""
    source: str = ""
    source_files: list[str] = Field(default_factory=list)
    known: dict[str, str] | str | None = None


class Published(Part):
    """What a file beside a domain says that a solution chooses."""

    model_config = ConfigDict(extra="ignore")

    value: float
    n_ties: int | None = None


class Solutions(Part):
    """Published solutions for one worth of no deal; None where there is no deal."""

    model_config = ConfigDict(extra="ignore")

    disagreement: list[float]
    nash: Published | None = None
    kalai_smorodinsky_discrete: Published | None = None
    egalitarian_kalai: Published | None = None
    utilitarian: Published | None = None


@dataclass(frozen=True, eq=False)
class Domain:
    """Issues, values, and what they are worth.

    Attributes
    ----------
    name, title, source : str
    parties : tuple of str
        Along axis A.
    issues : tuple of str
    values : tuple of tuple of str
        Of each issue.
    worth : tuple of ndarray, shape (A, V)
        For each issue: weight times evaluation of its values.
    reservation : ndarray, shape (A,)
        What no deal is worth.
    known : tuple of str or None
        Value of each issue on which the parties agreed; empty if they did not agree.
    published : tuple of Solutions
        From a file beside this one, one for each worth of no deal that it looks at.
    notes : tuple of str
    """

    name: str
    title: str
    source: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    worth: tuple[Floats, ...]
    reservation: Floats
    known: tuple[str, ...] | None
    published: tuple[Solutions, ...]
    notes: tuple[str, ...]

    @property
    def packages(self) -> int:
        """Number of outcomes, no deal not counted."""
        return math.prod(len(values) for values in self.values)

    def utilities(self) -> Floats:
        """Return what every outcome is worth, shape (N, A); the last issue changes first."""
        found = np.zeros((1, len(self.parties)))
        for worth in self.worth:
            found = (found[:, None, :] + worth.T[None, :, :]).reshape(-1, len(self.parties))
        return found

    def package(self, number: int) -> tuple[str, ...]:
        """Return the value of each issue in an outcome."""
        places = np.unravel_index(number, [len(values) for values in self.values])
        return tuple(v[int(k)] for v, k in zip(self.values, places, strict=True))


def is_domain(content: Any) -> bool:
    """Return whether what a JSON file holds is meant as a negotiation domain."""
    return isinstance(content, dict) and "utilities" in content


def read_domain(content: Any, path: Path) -> Domain:
    """Return the domain that a JSON file holds.

    Raises
    ------
    ScenarioError
        If a part is missing, a name is unknown or twice, or there are too many outcomes.
    """
    file = shaped(_File, content, path)
    names = [issue.name for issue in file.issues]
    parties = [profile.profile for profile in file.utilities]
    for key, found in (("issues", names), ("utilities", parties)):
        _refuse_twice(path, key, found)
    for issue in file.issues:
        _refuse_twice(path, f"issues.{issue.name}", issue.values)
    domain = Domain(
        name=file.name,
        title=file.note or file.name,
        source=file.source or "; ".join(file.source_files) or "not stated in the file",
        parties=tuple(parties),
        issues=tuple(names),
        values=tuple(tuple(issue.values) for issue in file.issues),
        worth=tuple(_worth(file, issue, path) for issue in file.issues),
        reservation=_reservation(file, path),
        known=_known(file, path),
        published=_published(path),
        notes=_notes(file),
    )
    if domain.packages > MOST_PACKAGES:
        text = f"{domain.packages:,} outcomes, and all are compared. At most {MOST_PACKAGES:,}."
        refuse(path, "issues", text)
    return domain


def _refuse_twice(path: Path, key: str, names: list[str]) -> None:
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        refuse(path, key, f"{clip(twice)!r} stands twice. Give each its own name.")


def _worth(file: _File, issue: _Issue, path: Path) -> Floats:
    found = np.zeros((len(file.utilities), len(issue.values)))
    for a, profile in enumerate(file.utilities):
        key = f"utilities.{profile.profile}"
        weight, worth = profile.weights.get(issue.name), profile.evaluations.get(issue.name)
        if weight is None or worth is None:
            refuse(path, key, f"no weight or no evaluations of {clip(issue.name)}. Add them.")
        if weight < 0.0:
            refuse(path, f"{key}.weights.{issue.name}", f"{weight:g} lies below 0.")
        for name in worth:
            if name not in issue.values:
                text = f"no such value. {nearest(name, issue.values)}"
                refuse(path, f"{key}.evaluations.{issue.name}.{name}", text)
        missing = [value for value in issue.values if value not in worth]
        if missing:
            text = f"{clip(missing[0])!r} has no evaluation. Add it."
            refuse(path, f"{key}.evaluations.{issue.name}", text)
        found[a] = [weight * worth[value] for value in issue.values]
    known = {one.name for one in file.issues}
    for profile in file.utilities:
        for name in (*profile.weights, *profile.evaluations):
            if name not in known:
                text = f"no issue {clip(name)}. {nearest(name, known)}"
                refuse(path, f"utilities.{profile.profile}", text)
    return found


def _reservation(file: _File, path: Path) -> Floats:
    values = file.reservation_values or [0.0] * len(file.utilities)
    if len(values) != len(file.utilities):
        text = f"{len(values)} for {len(file.utilities)} parties. Give one for each."
        refuse(path, "reservation_values", text)
    return np.array([0.0 if value is None else value for value in values])


def _known(file: _File, path: Path) -> tuple[str, ...] | None:
    if file.known is None:
        return None
    if isinstance(file.known, str):
        if file.known != NO_AGREEMENT:
            refuse(path, "known", f"write {NO_AGREEMENT!r}, or the value of each issue.")
        return ()
    for issue in file.issues:
        if file.known.get(issue.name) not in issue.values:
            refuse(path, f"known.{issue.name}", f"{nearest('', issue.values)}")
    return tuple(file.known[issue.name] for issue in file.issues)


def _published(path: Path) -> tuple[Solutions, ...]:
    """Return the solutions of a file ``X.expected.json`` beside ``X.domain.json``."""
    beside = path.with_name(path.name.removesuffix(_DOMAIN) + _EXPECTED)
    if not path.name.endswith(_DOMAIN) or not beside.is_file():
        return ()
    content = read_json(beside)
    if not isinstance(content, dict):
        refuse(beside, "", "holds no solutions by worth of no deal.")
    return tuple(shaped(Solutions, block, beside) for block in content.values())


def _notes(file: _File) -> tuple[str, ...]:
    notes = []
    if any(value not in (None, 1.0) for value in file.discount_factors):
        notes.append("Discount factors are not used: these solutions take no time.")
    if not file.reservation_values or None in file.reservation_values:
        notes.append("Where the file has no reservation value, no deal is worth 0.")
    return tuple(notes)
