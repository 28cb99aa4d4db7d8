"""Which numbers of the model may answer to a quantity, as the section ``answers`` writes them.

Like ``vocabulary``, it imports nothing of the package, so that every layer can use it.
"""

from typing import NamedTuple

QUALITY_ANSWERS = 0
MEETING_ANSWERS = 1
RESERVATION_ANSWERS = 2
AUDIENCE_COST_ANSWERS = 3
SALIENCE_ANSWERS = 4


class Answering(NamedTuple):
    """A kind of number that may answer: its number, the sections of the names for *, its label."""

    code: int
    sections: tuple[str, ...]
    label: str


ANSWERING: dict[str, Answering] = {
    "channels.*.quality": Answering(
        QUALITY_ANSWERS, ("channels",), "how well the parties of {0} can talk"
    ),
    "meetings.*": Answering(MEETING_ANSWERS, ("channels",), "how often the parties of {0} meet"),
    "actors.*.reservation": Answering(
        RESERVATION_ANSWERS, ("actors",), "the least gain for which {0} may sign"
    ),
    "actors.*.audience_cost": Answering(
        AUDIENCE_COST_ANSWERS, ("actors",), "what breaking a public agreement costs {0}"
    ),
    "salience.*.*": Answering(SALIENCE_ANSWERS, ("actors", "interests"), "how much {0} minds {1}"),
}
"""By the form of its name, in which a star stands for a name of the file."""
