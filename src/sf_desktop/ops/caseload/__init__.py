"""Families from a spreadsheet: the template, what its columns mean, how it is read and judged."""
