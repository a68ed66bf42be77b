"""Scoring passages for a query, by words and by meaning."""
