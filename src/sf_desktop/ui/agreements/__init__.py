"""The part of the family file that shows its agreements and to whom the privacy notice is due."""
