"""Records written in a family file: any kind, and the kinds with a verb of their own."""
