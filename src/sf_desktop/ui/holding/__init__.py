"""What a supervisor decides of work on family files that had moved."""
