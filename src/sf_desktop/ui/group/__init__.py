"""The form of a group: opening it, changing it and closing it."""
