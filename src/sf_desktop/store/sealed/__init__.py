"""What only the council can read: unsent events and begun work, sealed and kept beside the vault."""
