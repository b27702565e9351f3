"""The screen on which somebody signs."""
