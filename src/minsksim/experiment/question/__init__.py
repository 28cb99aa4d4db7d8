"""What a sweep asks: scenarios, design points, replications, conditions."""
