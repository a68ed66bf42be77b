"""Taking in caption files as they come from elsewhere: found, matched to videos, shown, kept."""
