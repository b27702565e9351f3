"""What is held until a supervisor decides, and what its author is then told."""
