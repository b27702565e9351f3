"""What became of what was saved: waiting, received, held for a supervisor, or at odds with another's change."""
