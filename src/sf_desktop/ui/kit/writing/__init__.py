"""Long text written: the area, its spelling, and phrases put in."""
