"""Registers of activities and groups: who has a place, and who came."""
