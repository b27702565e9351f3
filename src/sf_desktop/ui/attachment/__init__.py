"""The screen on which one attachment is looked at, described and fetched."""
