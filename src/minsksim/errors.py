"""Every exception of the package: one base class, each with the exit code of the command line.

A message says what is wrong, where (file:line:column and key) and what to do about it. It may hold
names and text of a file from a stranger, which are shown as text.
"""

from minsksim.text import shown


class MinsksimError(Exception):
    """Base of every error that minsksim raises on purpose; its text is fit for a user."""

    exit_code = 1

    def __str__(self) -> str:
        return shown(super().__str__())


class UsageError(MinsksimError, ValueError):
    """A function or command was called with something it cannot use."""

    exit_code = 2


class ScenarioError(MinsksimError, ValueError):
    """A scenario file is wrong; the text carries file:line:column, the key and the fix."""

    exit_code = 3


class ResultError(MinsksimError, RuntimeError):
    """A stored result cannot be used."""

    exit_code = 5


class ResultDamaged(ResultError):
    """A stored result no longer holds the bytes that were written."""

    exit_code = 5


class ResultBusy(ResultError):
    """Another process is writing this result."""

    exit_code = 6


class StorageError(ResultError):
    """The disk is full, read-only or out of quota."""

    exit_code = 7


class ProvenanceError(ResultError):
    """Scenario, code or settings changed since the result was begun."""

    exit_code = 8


class RunError(MinsksimError, RuntimeError):
    """A run ended in a failed state."""

    exit_code = 4


class VerificationError(MinsksimError):
    """The program does not give a number of the literature that it claims to give."""

    exit_code = 1
