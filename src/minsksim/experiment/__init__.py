"""Experiments: designs, a runner that survives anything, results that can be trusted."""

from minsksim.experiment.question.conditions import Condition, parse_where, select
from minsksim.experiment.question.design import Design, build_design
from minsksim.experiment.question.question import Question
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.question.vary import Vary
from minsksim.experiment.replay import Repetition, Replay, replay, replay_all, resume
from minsksim.experiment.result import Result, load_result
from minsksim.experiment.running.cluster import Cluster
from minsksim.experiment.running.estimate import Estimate, estimate
from minsksim.experiment.running.executor import Executor, Threads
from minsksim.experiment.running.interrupt import Interrupted
from minsksim.experiment.running.processes import Processes
from minsksim.experiment.running.shard import Part, perform_part
from minsksim.experiment.storage.integrity import find_damage
from minsksim.experiment.storage.prune import Stored, prune, stored_in
from minsksim.experiment.sweep import sweep

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
    "SweepRequest",
    "Threads",
    "Vary",
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
