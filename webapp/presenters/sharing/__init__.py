"""What others are given: quotes, citations, previews, feeds."""
