"""Questions asked of results: summaries with intervals, and comparisons on the same draws."""
