"""The window: screens that ask `ops` through the desk and never touch disk, network or database themselves."""
