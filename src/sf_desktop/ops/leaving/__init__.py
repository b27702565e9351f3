"""What is on this laptop and until when, and how family files leave it."""
