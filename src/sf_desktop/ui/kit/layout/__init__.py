"""Where things lie: cards, pages, rows that wrap, parts beside one another."""
