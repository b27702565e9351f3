"""One family file: who, what happened, who matters."""
