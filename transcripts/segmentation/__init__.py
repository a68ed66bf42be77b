"""Words into sentences, clauses, questions and passages."""
