"""Adding and changing a person of a family file."""
