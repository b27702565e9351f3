"""Planning a visit."""
