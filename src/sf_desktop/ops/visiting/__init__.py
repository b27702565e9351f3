"""Visits: planned, begun and signed, when a child was last seen, and who is out alone."""
