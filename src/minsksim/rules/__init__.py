"""The theory, one idea a file: pure functions of plain numbers, arrays and one random number.

Rules know nothing of scenarios, actors or files. They are compiled by Numba and called both by
the Mesa model and by the batch kernel, so each political idea is written exactly once.
"""
