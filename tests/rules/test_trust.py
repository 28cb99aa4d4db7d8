"""The trust ledger: hand counts, and a long run that finds the true rate."""

from __future__ import annotations

import numpy as np
import pytest

from minsksim.rules.trust import hear, remember, trust


def test_uniform_prior_and_three_of_four_kept() -> None:
    """I3, josang_ismail2002: Beta(1, 1) and 3 of 4: 2/3."""
    assert trust(1.0 + 3.0, 1.0 + 1.0) == pytest.approx(2 / 3)
    assert trust(0.0, 0.0) == 0.5
    assert trust(2.0, 0.0) == 1.0
    assert trust(0.375, 0.125) == 0.75


def test_forgetting_weighs_the_last_promises_most() -> None:
    """phi = 1/2: 4 kept, then one broken: 2 / (2 + 1)."""
    assert trust(remember(4.0, 0.5, 0.0), remember(0.0, 0.5, 1.0)) == pytest.approx(2 / 3)
    assert remember(4.0, 1.0, 1.0) == 5.0


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("forgetting", [0.8, 0.95, 1.0])
def test_long_run_mean_is_the_true_rate(rate: float, forgetting: float) -> None:
    """I3: with forgetting the ledger wanders around the share of promises kept."""
    rng = np.random.default_rng(7)
    kept, broken, seen = 1.0, 1.0, []
    for was_kept in rng.random(20_000) < rate:
        kept = remember(kept, forgetting, float(was_kept))
        broken = remember(broken, forgetting, float(not was_kept))
        seen.append(trust(kept, broken))
    assert np.mean(seen) == pytest.approx(rate, abs=0.015)
    spread = float(np.std(seen[2000:]))
    assert (spread < 0.01) == (forgetting == 1.0)


@pytest.mark.parametrize(
    ("amount", "ledger"), [(3.0, (5.0, 1.0)), (0.0, (2.0, 1.0)), (-3.0, (2.0, 4.0))]
)
def test_what_is_heard_speaks_for_or_against(amount: float, ledger: tuple[float, float]) -> None:
    assert hear(2.0, 1.0, amount) == ledger
