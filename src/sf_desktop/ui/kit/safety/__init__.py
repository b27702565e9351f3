"""A danger alike on every screen: whom to ring, how a concern stands, who is out on a visit."""
