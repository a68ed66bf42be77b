"""Text into terms: one tokeniser for documents and queries."""
