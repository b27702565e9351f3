"""Planning a visit, and moving one."""
