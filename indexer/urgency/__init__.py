"""Whether a question is about something that should not wait, by its sense: who, what, and now."""
