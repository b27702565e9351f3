"""Settings of the program on this laptop: how it looks and how soon it locks. Nothing about anybody."""
