"""Exporting a family file: what it holds, where it goes, and how far it is."""
