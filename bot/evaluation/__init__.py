"""How good the answers are: evaluation sets and their figures."""
