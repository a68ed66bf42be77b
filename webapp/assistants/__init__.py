"""The library for assistants (MCP): they cite the expert's own words, with a link to the second."""
