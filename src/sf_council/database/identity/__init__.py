"""Who may sign in, and what shows that it is they: passwords tried, tokens given, nonces seen."""
