"""The lock screen, and what locks: a key, being idle, sleep, the computer's own lock."""
