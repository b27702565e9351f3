"""From a passphrase to the vault's keys: the two slots, the tries that run out, and the way back in."""
