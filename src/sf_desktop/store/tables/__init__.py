"""The vault's tables: for each the one file that writes it, but for releases, which a round writes."""
