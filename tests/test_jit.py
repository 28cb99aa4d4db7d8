"""How functions are compiled, whoever asks for it at the same time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numba
import pytest

from minsksim import _jit


def test_threads_do_not_undo_each_others_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder taken away half-way left compiled code in the working directory."""
    before, seen = numba.config.CACHE_DIR, []

    def slow_njit(**_options: object):
        seen.append(numba.config.CACHE_DIR)
        time.sleep(0.005)
        seen.append(numba.config.CACHE_DIR)
        return lambda function: function

    monkeypatch.setattr(numba, "njit", slow_njit)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: _jit.decorate(len), range(16)))
    assert set(seen) == {str(_jit.FOLDER)}
    assert before == numba.config.CACHE_DIR
