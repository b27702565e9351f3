"""The part of the family file that is about safety: concerns with their clocks, danger statements, restrictions."""
