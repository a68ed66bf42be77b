"""Search, facets, mentions of a term, and search within one video."""
