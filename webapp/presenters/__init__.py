"""What a page shows, worked out as values that templates only lay out."""
