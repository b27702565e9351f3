"""The holding tray as supervisors see it: what waits for them, and what they decide."""
