"""Keyboard and screen reader: shortcuts, where Tab goes, and what is said aloud."""
