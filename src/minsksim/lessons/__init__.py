"""Lessons that check themselves: guess, run, explain, transfer.

A lab is data: questions whose right answers are computed from a run or a closed form, and the
misconceptions that each wrong answer gives away. Notebook, feedback and teacher's edition are
all made from it, so they cannot disagree. What a learner types is kept beside the notebook, without
a name, and sent nowhere.
"""
