"""The lease: how long this laptop may be used without word from its council, and what proves that word."""
