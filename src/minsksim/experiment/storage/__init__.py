"""A result on disk: written so that a kill loses nothing, read without trust in it."""
