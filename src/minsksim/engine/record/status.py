"""How a run can end; the kernel returns the code, people read the sentence."""

DONE = 0
NOT_FINITE = 1

SENTENCES = {
    DONE: "The run finished.",
    NOT_FINITE: "A utility or measure stopped being a finite number; check that effects and "
    "shape parameters are of a sensible size.",
}
