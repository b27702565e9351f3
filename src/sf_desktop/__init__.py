"""The laptop program: a family's records where the family is, with or without a connection."""
