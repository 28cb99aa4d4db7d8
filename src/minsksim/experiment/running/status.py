"""How a run can end as a supervisor sees it; the kernel's own codes are zero and above."""

from minsksim.engine.record.status import SENTENCES

KILLED = -1
TOO_LONG = -2
RAISED = -3

_OURS = {
    KILLED: "The run ended its worker process whenever it was tried, so it was given up.",
    TOO_LONG: "The run gave no sign of life within the time allowed (--timeout).",
    RAISED: "The run ended in an error of the program; run it alone (minsksim replay) to see it.",
}


def sentence_of(code: int) -> str:
    """Return the sentence of a status code."""
    return _OURS.get(code) or SENTENCES.get(code, "The run failed.")
