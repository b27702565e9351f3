"""The chronology, a part of the family file."""
