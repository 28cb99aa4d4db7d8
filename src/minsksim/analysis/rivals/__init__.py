"""Rival models of one decision, side by side: answers, and what small changes overturn them."""
