"""What a number may be: limits, domains of arguments, and functions that check theirs."""
