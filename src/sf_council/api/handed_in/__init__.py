"""What was handed in sealed, taken in exactly once as if its author's laptop had sent it."""
