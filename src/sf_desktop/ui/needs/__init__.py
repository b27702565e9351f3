"""What needs somebody: conflicts to settle, and what the council did not take as it is."""
