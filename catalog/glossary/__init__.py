"""The glossary: terms, what they mean, and what captions make of them."""
