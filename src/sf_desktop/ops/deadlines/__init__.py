"""What is due or owed to a family, until when, and why."""
