"""Long work: one at a time, and stopped at a good place."""
