"""What is on this laptop, and until when."""
