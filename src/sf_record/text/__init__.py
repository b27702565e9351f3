"""Texts and codes as people write, say and misread them."""
