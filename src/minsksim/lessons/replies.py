"""What a lab says to a guess and to an answer: plain sentences, and never the solution."""

from __future__ import annotations

from minsksim.lessons.question import Answer, Kind, Question, Verdict, shown


def to_guess(question: Question, answer: Answer, verdict: Verdict) -> str:
    """Return the answer to a guess before the run: the belief behind it, and what to watch.

    A guess that is right is not told so, and gets the same reply as any that shows no listed
    belief: the run shall show it.
    """
    noted = f"{question.key}: noted, {shown(question, answer)}. "
    doubt = _doubt(question, answer)
    if doubt:
        return noted + doubt
    if verdict.misconception is None:
        return f"{noted}Say to yourself why, before the run shows whether it holds."
    return (
        f"{noted}Such a guess often rests on the belief '{verdict.misconception}'. "
        f"{verdict.before} You may change your guess until the run, or keep it and see."
    )


def to_answer(question: Question, answer: Answer, verdict: Verdict) -> str:
    """Return the answer to a check: right and why, or the belief that seems to stand behind it."""
    if verdict.is_right:
        return f"{question.key}: right. {verdict.text}"
    doubt = _doubt(question, answer)
    named = f"This looks like '{verdict.misconception}'. " if verdict.misconception else ""
    return f"{question.key}: not yet. {doubt or named + verdict.text}"


def to_first_guess(
    question: Question, guesses: tuple[Answer, ...], answer: Answer, *, was_right: bool
) -> str:
    """Return how the first guess compares with an answer that is right."""
    if was_right:
        return " Your guess was right, too."
    text = f" You had guessed {shown(question, guesses[0])}"
    if question.kind is Kind.NUMBER:
        text += f", {abs(float(guesses[0]) - float(answer)):.4g} away"
    if len(guesses) > 1:
        text += f", and then {shown(question, guesses[-1])}"
    return text + ": what made the difference?"


def _doubt(question: Question, answer: Answer) -> str:
    """Return a remark where a share seems to be typed for a percentage."""
    if question.kind is not Kind.NUMBER or not question.unit.startswith("percent"):
        return ""
    share = float(answer)
    return f"If you mean {100 * share:g} of 100, type {100 * share:g}." if 0 < share < 1 else ""
