"""Ready for tomorrow: the families of a day, each on this laptop or red with the reason."""
