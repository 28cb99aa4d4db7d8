"""Where rules and data meet: scenario to arrays, noise, the order of a turn, the batch kernel."""
