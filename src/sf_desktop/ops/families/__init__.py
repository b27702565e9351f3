"""The family files on this laptop: listed, searched, opened, and each one's safety."""
