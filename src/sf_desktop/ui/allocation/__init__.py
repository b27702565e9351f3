"""Who works with a family, chosen by a supervisor, and closing its file."""
