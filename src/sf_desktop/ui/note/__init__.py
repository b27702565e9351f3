"""Writing a case note."""
