"""Sets papers: what stands on them comes as data, what leaves is a PDF or pictures of its pages, in memory only."""
