"""Bringing families in: from a spreadsheet or a bundle, checked before anything is written."""
