"""What an operator sets up in `site.toml`."""
