"""Which models the mean of models averages: found on decided issues, by a procedure that is said.

The procedure was run once, on the public half of the DEU data set (decisions of the European
Union), and what it found is ``models.AVERAGED``. So the mean of models is not tuned to the case
that is asked about, and its score on that half alone is one on the issues it was chosen on.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from minsksim.errors import UsageError
from minsksim.scenario.case import Case, Floats

CANDIDATES = ("middle", "mean", "compromise", "nash", "median", "expected_utility", "exchange")
"""Models that need no more than positions, salience and capability."""
CHOSEN_ON = (
    "these were chosen on the 180 decided issues of the public half of the DEU data set; of all "
    "sets of two or more models their mean has the smallest mean error, also without any one of "
    "the 68 proposals. On those issues its error is not out of sample."
)


def errors_of_sets(
    case: Case, answers: Mapping[str, Floats]
) -> tuple[tuple[tuple[str, ...], ...], Floats, np.ndarray]:
    """Return the errors of the mean of every set of two or more candidates.

    Parameters
    ----------
    case : Case
        Some of its issues decided.
    answers : mapping of str to ndarray, shape (I,)
        By model.

    Returns
    -------
    sets : tuple of tuple of str
        S of them, small before large.
    errors : ndarray, shape (S, J)
        Absolute errors in points of 100, on the J issues whose end is known and on which every
        candidate has an answer.
    groups : ndarray of str, shape (J,)
        In which each was decided.
    """
    known = np.array([issue.known for issue in case.issues])
    span = np.array([issue.high - issue.low for issue in case.issues])
    is_used = np.isfinite(known + sum(answers[name] for name in CANDIDATES))
    if not is_used.any():
        raise UsageError("No decided issue is answered by every model. Give 'known' in the table.")
    sets = tuple(
        s for size in range(2, len(CANDIDATES) + 1) for s in combinations(CANDIDATES, size)
    )
    means = np.array([np.mean([answers[name] for name in names], axis=0) for names in sets])
    errors = 100.0 * np.abs(means - known) / span
    return sets, errors[:, is_used], np.array([i.group for i in case.issues])[is_used]


def choose_averaged(case: Case, answers: Mapping[str, Floats]) -> tuple[str, ...]:
    """Return the models to average: of all sets of two or more, that with the least mean error.

    Parameters
    ----------
    case : Case
        Some of its issues decided.
    answers : mapping of str to ndarray, shape (I,)
        By model, ``CANDIDATES`` among them.

    Returns
    -------
    tuple of str
        The smaller set where two tie.

    Raises
    ------
    UsageError
        If no decided issue is answered by every candidate.
    """
    sets, errors, _ = errors_of_sets(case, answers)
    return sets[int(errors.mean(axis=1).argmin())]


def choices_without(case: Case, answers: Mapping[str, Floats]) -> tuple[tuple[str, ...], ...]:
    """Return what would be chosen without each group of issues: how firm the choice is."""
    sets, errors, groups = errors_of_sets(case, answers)
    return tuple(
        sets[int(errors[:, groups != left_out].mean(axis=1).argmin())]
        for left_out in dict.fromkeys(groups.tolist())
    )
