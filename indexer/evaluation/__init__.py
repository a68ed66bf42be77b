"""How good answers to judged questions are."""
