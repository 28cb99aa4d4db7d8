"""Rival models of one decision, side by side: what each gives, and what little would change it."""
