"""A paper before it is printed or saved: how it looks, and a numbered copy of it."""
