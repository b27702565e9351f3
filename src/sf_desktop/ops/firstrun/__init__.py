"""A laptop's first run: joined to its council, or filled with pretend families to learn on."""
