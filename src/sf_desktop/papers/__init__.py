"""Sets papers and draws pages of others: what is read comes as data, what leaves is in memory only."""

DRAW = "--draw-page"  # with which a frozen program becomes the process that draws one page
PRINT = "--print-pages"  # and the one that prints
