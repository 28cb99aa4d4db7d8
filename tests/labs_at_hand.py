"""Worlds and questions of labs by name; a world is made once."""

from functools import cache

from minsksim.lessons import skins
from minsksim.lessons.catalog import find_lab
from minsksim.lessons.world import World


@cache
def world_of(name, skin=skins.FICTIONAL):
    """Return the world of a lab under a skin."""
    one = find_lab(name)
    return World(one.in_skin(skin), one.cases, one.seed)


def question_of(name, key):
    """Return a question of a lab."""
    return next(question for question in find_lab(name).questions if question.key == key)
