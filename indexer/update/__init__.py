"""The nightly job, and its report."""
