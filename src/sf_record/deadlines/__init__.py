"""When something is due, and how long something has waited."""
