"""Templates and phrases: one's own to keep, and the council's to read."""
