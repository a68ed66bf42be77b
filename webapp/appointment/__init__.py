"""The list for an appointment, and its sheet on paper."""
