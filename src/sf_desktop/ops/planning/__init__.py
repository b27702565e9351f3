"""What is to become better for a family: its plan with goals and scores, and early help."""
