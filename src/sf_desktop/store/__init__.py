"""The vault on this laptop: keys, the encrypted database, and the one thread that holds it."""
