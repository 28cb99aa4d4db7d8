"""Who does the blocks of a sweep, and what happens when one fails."""
