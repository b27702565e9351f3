"""What the worker has looked at: their own record of it."""
