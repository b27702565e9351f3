"""The first run: from an empty laptop to a caseload on it, or to pretend families to try the program with."""
