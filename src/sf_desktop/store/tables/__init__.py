"""The vault's tables: for each, the one file that writes it."""
