"""A library on disk: where each thing lies, and how files are written."""
