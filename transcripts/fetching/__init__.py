"""Fetching captions, posters and the videos of pages into a library."""
