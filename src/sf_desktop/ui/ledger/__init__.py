"""What was saved, what was sent, what needs somebody."""
