"""Names that captions misheard, found when a track is read."""
