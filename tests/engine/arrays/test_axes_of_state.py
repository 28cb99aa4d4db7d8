"""Every axis of a state has one letter and one length."""

from minsksim import compile_scenario, load_scenario
from minsksim.engine.arrays import initial_state


def test_no_letter_stands_for_two_axes() -> None:
    """The later of two lengths would hold for both, and arrays would be too short."""
    structure = compile_scenario(load_scenario("minsk")).structure
    needed = initial_state._sizes_at_need(structure)
    assert not needed.keys() & initial_state._sizes_of_all(structure).keys()
