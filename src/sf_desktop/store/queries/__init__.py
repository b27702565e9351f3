"""What is asked of several tables at once, and written nowhere."""
