"""Experiments: designs, a runner that survives anything, results that can be trusted."""

from minsksim.experiment.design import Design, build_design
from minsksim.experiment.integrity import find_damage
from minsksim.experiment.interrupt import Interrupted
from minsksim.experiment.replay import Repetition, Replay, replay, replay_all, resume
from minsksim.experiment.result import Result, load_result
from minsksim.experiment.sweep import sweep
from minsksim.experiment.vary import Vary
from minsksim.experiment.where import Condition, parse_where, select

__all__ = [
    "Condition",
    "Design",
    "Interrupted",
    "Repetition",
    "Replay",
    "Result",
    "Vary",
    "build_design",
    "find_damage",
    "load_result",
    "parse_where",
    "replay",
    "replay_all",
    "resume",
    "select",
    "sweep",
]
