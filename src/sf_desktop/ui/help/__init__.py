"""Help: short pages about each part of the program."""
