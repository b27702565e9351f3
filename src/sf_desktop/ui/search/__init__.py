"""Searching everything on this laptop."""
