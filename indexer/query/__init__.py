"""What is asked: parsing, synonyms, expansion, spelling correction, suggestions."""
