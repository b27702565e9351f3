"""What the council's server answers over HTTP."""
