"""Draws a family from its records: the genogram (who is related how) and the ecomap (what surrounds the household)."""
