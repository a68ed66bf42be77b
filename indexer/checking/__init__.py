"""Looking through a library: what of its tracks is not as it should be, and what lies where."""
