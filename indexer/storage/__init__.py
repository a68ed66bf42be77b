"""A generation on disk and opened: columns, postings, vectors, manifest."""
