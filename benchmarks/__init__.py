"""Measures the program against the physical limit of the same work, both in one run on the machine at hand."""
