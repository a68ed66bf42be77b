"""Logs and metrics that never hold what was asked."""
