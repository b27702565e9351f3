"""The people of a family file: who they are, how they are related, and what they are connected with."""
