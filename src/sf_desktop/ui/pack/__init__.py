"""The home visit pack: what to know before knocking."""
