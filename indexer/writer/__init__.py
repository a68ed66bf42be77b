"""Building a generation out of a library."""
