"""Moments as pages show them, and who speaks in them."""
