"""The first screen: what is planned, what is due, what waits."""
