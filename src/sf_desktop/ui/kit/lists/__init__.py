"""Lists of any length: the model that pages, the table and the timeline that show it."""
