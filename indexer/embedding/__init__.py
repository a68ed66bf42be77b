"""The sentence model: where it is, fetching it, running it."""
