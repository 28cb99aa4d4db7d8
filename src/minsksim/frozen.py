"""A mapping that is read and never written, and that can be pickled and copied.

Python's own read-only view of a dictionary can be neither, so no value that holds one can be sent
to another process or copied with a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(Mapping[K, V]):
    """A mapping whose entries are set once.

    Parameters
    ----------
    entries : mapping
        They are copied, so that a later change of ``entries`` changes nothing here.

    Examples
    --------
    >>> import pickle
    >>> ranks = FrozenMap({"minsk": 1})
    >>> pickle.loads(pickle.dumps(ranks)) == ranks == {"minsk": 1}
    True
    """

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[K, V]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: K) -> V:
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"FrozenMap({self._entries!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenMap, (self._entries,)
