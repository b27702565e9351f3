"""Who asks: how a person comes in on a laptop, and what then proves each request."""
