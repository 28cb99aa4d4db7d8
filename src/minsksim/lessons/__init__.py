"""Ten lessons that check themselves: guess, run, explain, transfer.

A lab is data: questions whose right answers are computed from a run or a closed form, and the
misconceptions that each wrong answer gives away. Notebook, feedback and teacher's edition are
all made from it, so they cannot disagree. Nothing a learner types is stored or sent.
"""
