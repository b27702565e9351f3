"""The service's name before a vault is open: each council's own name for it is read with its configuration."""

SERVICE = "Strengthening Families"
