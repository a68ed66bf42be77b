"""The page of a video: its transcript, its player, the search in it."""
