"""Everything that ever stood in a record."""
