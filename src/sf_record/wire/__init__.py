"""The shapes that travel between laptop and council, pure and with their limits."""
