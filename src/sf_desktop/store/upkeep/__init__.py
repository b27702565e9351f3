"""What is looked after in the vault when nobody waits."""
