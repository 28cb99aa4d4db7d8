"""The notice that every exported table, file, figure and screen carries.

It imports nothing, so that every exporter can carry it at no cost.
"""

NOTICE = (
    "Not a forecast and not advice: shares of model runs under the stated assumptions, "
    "never the probability of a real event."
)
"""One sentence, for table notes, file headers, metadata and figure footers."""

NOTICE_KEY = "minsksim.notice"
"""The key under which metadata (Parquet, PNG, PDF) holds the notice; in JSON it is ``notice``."""
