"""A family file as it is read: its records in words, in order of time, found by a word, on one paper."""
