"""The council itself: which one it is, and what it decides for itself."""
