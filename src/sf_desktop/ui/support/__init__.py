"""Support in the family file: what was given, where the family was referred, what it attends."""
