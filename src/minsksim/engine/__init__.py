"""Where rules and data meet: scenario to arrays, draws, the order of a turn, the batch kernel."""
