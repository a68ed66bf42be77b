"""Scored passages into moments: landing, boundaries, hits."""
