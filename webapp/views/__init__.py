"""A view for each address: get, ask, render."""
