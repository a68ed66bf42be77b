"""Templates, assets, metadata, highlights and JSON."""
