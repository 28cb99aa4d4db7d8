"""A collective decision as data: who stands where, how much it matters to them, what they can.

Axes: A actors, I issues. A position, salience or reference point that nobody knows is NaN. This
says nothing about how the decision is made; rival models read the same case.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from minsksim.errors import UsageError

from .places import nearest

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Issue:
    """One question under dispute.

    Attributes
    ----------
    name, label, unit : str
    low, high : float
        Ends of the scale.
    reference : float
        Where things stand without a decision; NaN if unknown.
    known : float
        Where the decision ended; NaN if unknown. No model reads it.
    group : str
        Issues of one group were decided together: they may be traded for each other, and their
        errors are not independent.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    reference: float
    known: float
    group: str

    @property
    def middle(self) -> float:
        """Half-way between the ends of the scale."""
        return (self.low + self.high) / 2.0


@dataclass(frozen=True, eq=False)
class Case:
    """A collective-decision case; its arrays cannot be written to.

    Attributes
    ----------
    name, title, question, source : str
        ``source`` says where the numbers come from, or how they were derived.
    actors, labels : tuple of str
        Keys, and the names that tables show, along axis A.
    issues : tuple of Issue
        Along axis I.
    positions : ndarray, shape (A, I)
        In the issue's unit; NaN for an actor that takes no part.
    salience : ndarray, shape (A, I)
        0 to 100; NaN if unknown. Models that weigh by salience leave such an actor out.
    capability : ndarray, shape (A,)
        0 or more, in any unit.
    notes : tuple of str
        What a reader of the numbers should know.
    veto : ndarray of bool, shape (A, I), optional
        Whether the actor can keep the issue at its reference point; nobody can by default.
    """

    name: str
    title: str
    question: str
    source: str
    actors: tuple[str, ...]
    labels: tuple[str, ...]
    issues: tuple[Issue, ...]
    positions: Floats
    salience: Floats
    capability: Floats
    notes: tuple[str, ...] = ()
    veto: Flags = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))

    def __post_init__(self) -> None:
        """Check the shapes and lock the arrays."""
        grid = (len(self.actors), len(self.issues))
        if not self.veto.any():  # none is none, whatever the shape
            object.__setattr__(self, "veto", np.zeros(grid, dtype=bool))
        if not self.positions.shape == self.salience.shape == self.veto.shape == grid:
            raise UsageError(
                f"Positions, salience and veto need the shape actors x issues, {grid}."
            )
        if self.capability.shape != grid[:1] or len(self.labels) != grid[0]:
            raise UsageError(f"Capability and labels need one entry for each of {grid[0]} actors.")
        for array in (self.positions, self.salience, self.capability, self.veto):
            array.flags.writeable = False

    @cached_property
    def weights(self) -> Floats:
        """Capability times salience, shape (A, I); 0 where either or the position is unknown."""
        known = ~np.isnan(self.positions) & ~np.isnan(self.salience)
        found = np.where(known, self.capability[:, None] * np.nan_to_num(self.salience), 0.0)
        found.flags.writeable = False
        return found

    def only(self, names: tuple[str, ...]) -> Case:
        """Return the case with some of its issues.

        Raises
        ------
        UsageError
            If a name is none of the issues; the text has the nearest one.
        """
        known = [issue.name for issue in self.issues]
        for name in names:
            if name not in known:
                raise UsageError(f"No issue {name!r} in {self.name}. {nearest(name, known)}")
        keep = [i for i, name in enumerate(known) if name in names]
        return replace(
            self,
            issues=tuple(self.issues[i] for i in keep),
            positions=self.positions[:, keep],
            salience=self.salience[:, keep],
            veto=self.veto[:, keep],
        )

    def with_veto(self, names: tuple[str, ...]) -> Case:
        """Return the case with a veto of some actors on every issue.

        Raises
        ------
        UsageError
            If a name is none of the actors; the text has the nearest one.
        """
        veto = self.veto.copy()
        for name in names:
            if name not in self.actors:
                raise UsageError(f"No actor {name!r} in {self.name}. {nearest(name, self.actors)}")
            veto[self.actors.index(name)] = True
        return replace(self, veto=veto)
