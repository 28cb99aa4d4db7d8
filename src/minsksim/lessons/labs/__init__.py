"""The labs, one a file: questions with computed answers, and what wrong answers mean."""
