"""The vault's keys: derived, wrapped in a slot, half of each kept in the operating system's keyring."""
