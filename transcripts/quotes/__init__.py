"""Quotes that are found again after captions change."""
