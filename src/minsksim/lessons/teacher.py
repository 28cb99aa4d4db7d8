"""The teacher's edition, made from the same definitions as the checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from minsksim.lessons import skins
from minsksim.lessons.order import shuffled
from minsksim.lessons.question import is_told_before, shown, told
from minsksim.lessons.world import World
from minsksim.notice import NOTICE

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab
    from minsksim.lessons.question import Question

GUIDE = """# Teacher's edition of the labs

Made from the definitions that also check the answers; `make labs` writes it again. It holds the
answers, so do not hand it out. No answer is shown to a student before an attempt. The letters of
options are those of seed 0; `minsksim lab NAME --teacher --seed N` prints those of another order.

## Before the first class

- **Names.** The labs play in Alder, Birch and their neighbours: the payoffs of the case, invented
  names. `minsksim lab NAME --named` writes a notebook with the names of the case. That is your
  choice; read the content note out when you make it. The card at the top of each lab cites the
  public record and can be left out. Labs 10 and 11 have no case behind them and keep their names.
- **Order.** Labs 0 to 9 are a course, and lab 9 closes it. Labs 10 and 11 play textbook cases with
  states and goods alone. Each stands alone after lab 1; lab 10 prepares lab 3, and lab 11 lab 5.
- **Paper.** All numbers of labs 10 and 11 can be worked out by hand. Between the guesses and the
  run, give ten minutes of the working time to that: the months in a row and their sum, and the
  parts from the last one backwards (lab 10); the six packages with their products on the board, and
  the ceiling and the floor of the grant (lab 11).
- **Roles.** Everybody is an analyst; nobody plays an authority that detains. Agree on a phrase that
  stops the class at once, and let anybody sit out with equal credit.
- **Students at risk.** Lists of "extremist" material in Belarus are long, and they reach
  citizens abroad and their families. The labs run offline and ask for no name. What is typed is
  kept in one small file beside the notebook, without a name, a time or a place, and is sent
  nowhere; `lab.reset()` deletes it, and with `folder=None` in the cell that opens the lab
  minsksim writes no file. Jupyter keeps what was typed all the same: in the notebook, in
  `.ipynb_checkpoints` and in IPython's history. On shared computers do all that `teach.md` lists
  under "Names, safety and what is kept". Do not record the class, do not ask who comes from where,
  and warn before you link to listed media.
- **Guesses.** A guess that matches a frequent misunderstanding is told so at once, with what to
  look for in the run. Every other one, right or wrong, gets the same line, also one near the
  answer, so that nobody finds it by trying; so does every guess of yes or no. So leave time
  between guesses and run, and let students say why they keep or change theirs. Where two replies
  are given below, the second is the one to a guess.
- **Seeds.** `minsksim lab NAME --seed N` writes the options in an order of its own for each N.
- **Credit.** Guesses and right answers earn nothing; a completed sitting and the product do.
- **Debrief first, scores later.** Begin with what surprised people, out of any role.

The learning goals: G1 structure a negotiation; G2 reservation values, zone, frontier, split;
G3 linkage, value and vetoes; G4 why a bargain that both prefer may fail; G5 who pays outside;
G6 update from public signals; G7 test a conclusion against its assumptions; G8 speak of
coercion without making quantities of people.
"""


def guide(labs: Iterable[Lab], skin: str = skins.FICTIONAL, seed: int = 0) -> str:
    """Return the teacher's edition of all labs."""
    return "\n".join([GUIDE, *(edition_of(lab, skin, seed) for lab in labs), f"{NOTICE}\n"])


def edition_of(lab: Lab, skin: str, seed: int) -> str:
    """Return the teacher's edition of one lab as its page has it, options shuffled by a seed."""
    return edition(shuffled(lab, seed), World(lab.in_skin(skin), lab.cases, lab.seed))


def edition(lab: Lab, world: World) -> str:
    """Return the teacher's edition of one lab in Markdown."""
    set_up, run, debrief = lab.minutes
    lines = [
        f"## Lab {lab.number}. {lab.title} (`{lab.name}`)",
        "",
        f"{lab.question} Goals {', '.join(lab.goals)}. It teaches to beware: {lab.warning}.",
        "",
        f"Minutes: {set_up} to set up, {run} to run, {debrief} to talk. Product: {lab.product}",
        "",
        f"Content note. {lab.note}",
        "",
    ]
    for question in lab.questions:
        lines += _answered(question, world)
    lines += ["Debrief:", "", *(f"- {ask}" for ask in lab.debrief), ""]
    lines += [f"Beyond the model: {lab.limit}", ""]
    text = "\n".join(lines)
    return text if world.skin == skins.FICTIONAL else skins.real_names(text)


def _answered(question: Question, world: World) -> list[str]:
    about = f", within {question.tolerance:g}" if question.tolerance else ""
    options = zip(question.letters, question.options, strict=True)
    lines = [
        f"**{question.key}.** {told(question.text, question.facts, world)}",
        "",
        *(f"- {letter}: {option}" for letter, option in options),
        *([""] if question.options else []),
        f"Answer: **{shown(question, question.answer(world))}**{about}. "
        + told(question.because, question.facts, world),
        "",
        "Common errors:",
        "",
    ]
    for one in question.misconceptions:
        example = shown(question, one.example(world))
        feedback = told(one.feedback, question.facts, world)
        lines.append(f"- *{one.name}* (as in {example}): {feedback}")
        if one.before and is_told_before(question, one, world, one.example(world)):
            lines.append(f"  To a guess: {told(one.before, question.facts, world)}")
    return [*lines, ""]
