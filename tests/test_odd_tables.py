"""The table of actors in docs/discussion/model.md is the scenario's."""

from odd_tables import PAGE, with_table


def test_the_table_of_actors_is_that_of_the_scenario() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_table(text) == text, "run python tests/odd_tables.py"
