"""Series, topics, people and terms, for people who browse."""
