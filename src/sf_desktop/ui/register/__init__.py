"""Registers of activities: who came on a day, for the families on this laptop."""
