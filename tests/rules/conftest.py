"""Property tests take the same examples on every run, and a first call may compile."""

from hypothesis import settings

settings.register_profile("minsksim", deadline=None, derandomize=True)
settings.load_profile("minsksim")
