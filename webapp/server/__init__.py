"""The process that serves: workers, protocol, start and end."""
