"""The laptops that the council knows: how each stands, and what it told of itself."""
