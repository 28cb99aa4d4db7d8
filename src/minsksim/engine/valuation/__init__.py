"""What a move is worth: marginal utilities, markets, and the measures of a run."""
