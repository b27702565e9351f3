"""Records between laptop and council: page by page in a round, whole family files in a load."""
