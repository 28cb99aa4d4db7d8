"""A scenario as numbers: records, axes, the state of a run, random draws. No politics here."""
