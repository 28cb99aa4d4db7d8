"""Closed forms and published numbers of the literature, checked in the user's own hands."""
