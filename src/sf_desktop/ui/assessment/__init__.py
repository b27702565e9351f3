"""The part of the family file that shows its early help: assessment, team meetings, steps and closure."""
