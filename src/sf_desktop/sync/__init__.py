"""The exchange with the council: one round at a time, and the only room that speaks HTTP."""
