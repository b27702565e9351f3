"""Inside the vault thread: its queue, one transaction at a time, and what it does between them."""
