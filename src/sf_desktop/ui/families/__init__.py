"""Every family file on this laptop, as one list."""
