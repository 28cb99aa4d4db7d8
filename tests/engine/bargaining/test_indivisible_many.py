"""Ten thousand random tables with levers that come in lumps, each against the enumeration."""

import pytest
from test_indivisible import check, lumpy

BLOCKS, EACH = 50, 200
CURVED = 600


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_package_beats_the_one_offered(block: int) -> None:
    """Up to four levers; some case of every block must have had a package."""
    found = [
        check([77, i], "linear", 4, lumpy.PROTOCOLS[i % len(lumpy.PROTOCOLS)])
        for i in range(block * EACH, (block + 1) * EACH)
    ]
    assert any(found)


def test_nor_where_continuous_levers_are_curved() -> None:
    """To 2e-5: what the narrowing of a curved lever's grid may miss, as package.py says."""
    for i in range(CURVED):
        check([78, i], "concave", 3, lumpy.PROTOCOLS[i % len(lumpy.PROTOCOLS)])
