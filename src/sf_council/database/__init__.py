"""How the council keeps its records: tables, migrations and queries, and nothing of HTTP."""
