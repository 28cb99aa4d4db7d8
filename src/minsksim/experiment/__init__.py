"""Experiments: designs, a runner that survives anything, results that can be trusted."""

from minsksim.experiment.cluster import Cluster
from minsksim.experiment.design import Design, build_design
from minsksim.experiment.estimate import Estimate, estimate
from minsksim.experiment.executor import Executor, Threads
from minsksim.experiment.integrity import find_damage
from minsksim.experiment.interrupt import Interrupted
from minsksim.experiment.part import Part, perform_part
from minsksim.experiment.processes import Processes
from minsksim.experiment.prune import Stored, prune, stored_in
from minsksim.experiment.question import Question
from minsksim.experiment.replay import Repetition, Replay, replay, replay_all, resume
from minsksim.experiment.result import Result, load_result
from minsksim.experiment.sweep import ask, sweep
from minsksim.experiment.vary import Vary
from minsksim.experiment.where import Condition, parse_where, select

__all__ = [
    "Cluster",
    "Condition",
    "Design",
    "Estimate",
    "Executor",
    "Interrupted",
    "Part",
    "Processes",
    "Question",
    "Repetition",
    "Replay",
    "Result",
    "Stored",
    "Threads",
    "Vary",
    "ask",
    "build_design",
    "estimate",
    "find_damage",
    "load_result",
    "parse_where",
    "perform_part",
    "prune",
    "replay",
    "replay_all",
    "resume",
    "select",
    "stored_in",
    "sweep",
]
