"""How a vault ends: destroyed so that it never opens again, or set aside whole."""
