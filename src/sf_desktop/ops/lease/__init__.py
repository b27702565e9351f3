"""The lease as verbs see it: held to at the door, while somebody works, and where nobody does."""
