"""Drafts: everything that was begun and not finished, in one place."""
