"""The life of a vault's database: created, opened, migrated, given another key, recovered."""
