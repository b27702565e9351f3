"""What is being written: begun, kept as one types, finished into a record, or found again later."""
