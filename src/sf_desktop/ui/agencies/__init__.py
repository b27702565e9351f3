"""Agencies in the family file: professionals, requests outstanding, information received, shared and refused."""
