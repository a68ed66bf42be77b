"""TOML that people write: its tables and fields, with every problem told."""
