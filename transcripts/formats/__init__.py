"""Caption files into cues, format by format, and transcripts into files."""
