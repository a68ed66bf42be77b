"""What is chosen ahead of any question: moments of topics, related moments."""
