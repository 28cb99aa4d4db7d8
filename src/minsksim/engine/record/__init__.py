"""What a run leaves behind: its story as values, frames and graphs."""
