"""What was asked, and the page of its results."""
