"""What is shown to people who browse: moments of topics, what belongs to a video."""
