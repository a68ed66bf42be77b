"""The indexer's commands."""
