"""The library as files: moments as JSON lines, chapters, and an archive that needs no server."""
