"""The genogram and the ecomap on the screen."""
