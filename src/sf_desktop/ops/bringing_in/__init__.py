"""Bringing in: which file was chosen, whether all of it holds, and whole family files written of it, or nothing."""
