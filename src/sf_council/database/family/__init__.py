"""A family file: the stream of its events, its records, and who has it or takes it along."""
