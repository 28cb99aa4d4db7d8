"""Negotiation domains: published solutions, brute force in plain Python, and no deal."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from published import published, read_document

from minsksim import NegotiationBench, UsageError, bench
from minsksim.vocabulary import DISAGREEMENTS

DOMAINS = ("grocery", "itex-cypress", "laptop", "lunch-rv", "nice-or-die")
KEYS = {
    "nash": "nash",
    "kalai_smorodinsky": "kalai_smorodinsky_discrete",
    "max_min": "egalitarian_kalai",
    "utilitarian": "utilitarian",
}


def solved(folder: Path, content: dict[str, Any], disagreement: str = "zero") -> NegotiationBench:
    """Write a domain and return what the solutions choose."""
    path = folder / "toll.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return bench(path, disagreement=disagreement)


@pytest.mark.parametrize("disagreement", DISAGREEMENTS)
@pytest.mark.parametrize("name", DOMAINS)
def test_published_solutions_come_out(name: str, disagreement: str) -> None:
    """Counts, values, utilities and outcomes, for each worth of no deal that the file looks at."""
    file = f"anac-domains/public/{name}"
    found = bench(published(f"{file}.domain.json"), disagreement=disagreement)
    blocks = [
        block
        for block in read_document(f"{file}.expected.json").values()
        if np.allclose(block["disagreement"], found.disagreement, atol=1e-6)
    ]
    assert blocks, "every worth of no deal has a block in these files"
    known = blocks[0]
    counts = (known["n_outcomes"], known["n_individually_rational"], known["n_pareto"])
    assert (found.packages, found.acceptable, found.efficient) == counts
    for one in found.solutions:
        assert one.is_published
        want = known[KEYS[one.concept]]
        if want is None:
            assert (one.packages, one.ties) == ((), 0)
            continue
        assert (one.value, one.ties) == (pytest.approx(want["value"], abs=1e-6), want["n_ties"])
        points = {tuple(point["outcome"].values()): point["utilities"] for point in want["points"]}
        assert set(one.packages) == set(points)
        for outcome, utilities in zip(one.packages, one.utilities, strict=True):
            assert utilities == pytest.approx(points[outcome], abs=1e-6)


def test_lunch_has_no_deal_above_reservation() -> None:
    found = bench(published("anac-domains/public/lunch-rv.domain.json"))
    assert found.acceptable == 0
    for one in found.solutions:
        assert (one.packages, one.utilities) == ((), ((0.8, 0.8),))
        assert math.isnan(one.value)


def test_other_published_domains_come_out(tmp_path: Path) -> None:
    """Nash product and largest welfare of the NegoLog domains, written in this form."""
    for row in read_document("negolog-domains/public_domains.json"):
        sides = [row["profile_a"], row["profile_b"]]
        issues = [{"name": k, "values": list(v)} for k, v in sides[0]["values"].items()]
        utilities = [
            {"profile": name, "weights": side["weights"], "evaluations": side["values"]}
            for name, side in zip("ab", sides, strict=True)
        ]
        found = solved(tmp_path, {"name": "x", "issues": issues, "utilities": utilities})
        values = {one.concept: one.value for one in found.solutions}
        assert found.packages == row["published"]["number_of_outcomes"]
        assert values["nash"] == pytest.approx(row["published"]["nash_product"], abs=1e-6)
        welfare = row["published"]["max_social_welfare"]
        assert values["utilitarian"] == pytest.approx(welfare, abs=1e-6)
        assert found.efficient == row["reproduced"]["n_pareto"]


def random_domain(seed: int, parties: int) -> dict[str, Any]:
    """Return a small domain with round worths, so that ties occur."""
    rng = np.random.default_rng(seed)
    issues = [{"name": f"i{k}", "values": [f"v{v}" for v in range(3)]} for k in range(3)]
    utilities = [
        {
            "profile": f"p{a}",
            "weights": {f"i{k}": float(rng.integers(1, 4)) for k in range(3)},
            "evaluations": {
                f"i{k}": {f"v{v}": float(rng.integers(0, 4)) for v in range(3)} for k in range(3)
            },
        }
        for a in range(parties)
    ]
    reservation = rng.integers(0, 14, parties).astype(float).tolist()
    return {
        "name": "x", "issues": issues, "utilities": utilities, "reservation_values": reservation,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("parties", [2, 3])
def test_brute_force_in_plain_python(seed: int, parties: int, tmp_path: Path) -> None:
    content = random_domain(seed, parties)
    found = solved(tmp_path, content, "reservation")
    d = content["reservation_values"]
    names = [issue["name"] for issue in content["issues"]]
    worth = {
        outcome: [
            sum(
                u["weights"][n] * u["evaluations"][n][v]
                for n, v in zip(names, outcome, strict=True)
            )
            for u in content["utilities"]
        ]
        for outcome in itertools.product(*(issue["values"] for issue in content["issues"]))
    }
    ok = {o: u for o, u in worth.items() if all(a >= b for a, b in zip(u, d, strict=True))}
    assert found.acceptable == len(ok)
    gains = {o: [a - b for a, b in zip(u, d, strict=True)] for o, u in ok.items()}
    ideal = [max((g[a] for g in gains.values()), default=0.0) for a in range(parties)]
    rules = {
        "nash": math.prod,
        "kalai_smorodinsky": lambda g: min(
            (x / b for x, b in zip(g, ideal, strict=True) if b > 0.0), default=0.0
        ),
        "max_min": min,
        "utilitarian": lambda g: sum(g) + sum(d),
    }
    for one in found.solutions:
        values = {o: rules[one.concept](g) for o, g in gains.items()}
        best = [o for o, v in values.items() if v >= max(values.values()) - 1e-9]
        assert one.ties == len(best)
        assert set(one.packages) <= set(best)
        assert bool(one.packages) == bool(best)
        if best:
            assert one.value == pytest.approx(values[best[0]])


def test_where_it_ended_is_compared(tmp_path: Path) -> None:
    content = random_domain(0, 2) | {"known": {"i0": "v0", "i1": "v1", "i2": "v2"}}
    assert solved(tmp_path, content).domain.known == ("v0", "v1", "v2")
    assert solved(tmp_path, content | {"known": "no deal"}).domain.known == ()


def test_what_a_domain_does_not_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "toll.json"
    path.write_text(json.dumps(random_domain(0, 2)), encoding="utf-8")
    with pytest.raises(UsageError, match="takes no --veto"):
        bench(path, veto="p0")
    with pytest.raises(UsageError, match="Choose reservation, zero, lowest"):
        bench(path, disagreement="none")
