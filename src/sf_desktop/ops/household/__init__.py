"""The people of a family: who they are, where they live, how they belong together, and who may be recorded twice."""
