"""Write the page's table of actors from the flagship scenario: ``python tests/odd_tables.py``."""

from pathlib import Path

from minsksim import load_scenario

PAGE = Path(__file__).resolve().parents[1] / "docs/discussion/model.md"
BEGIN, END = "<!-- actors:begin -->", "<!-- actors:end -->"
FIELDS = ("patience", "rationality", "susceptibility", "audience_cost", "reservation")


def actor_table() -> str:
    """Return the table as Markdown: value and range of every actor's own numbers."""
    lines = [
        "| actor | " + " | ".join(name.replace("_", " ") for name in FIELDS) + " |",
        "| --- |" + " --- |" * len(FIELDS),
    ]
    for actor in load_scenario("minsk").document.actors.values():
        cells = []
        for field in FIELDS:
            number = getattr(actor, field)
            spread = f" ({number.range[0]:g} to {number.range[1]:g})" if number.range else ""
            cells.append(f"{number.value:g}{spread}")
        lines.append(f"| {actor.label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def with_table(text: str) -> str:
    """Return a page with the table between its markers."""
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n{actor_table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
