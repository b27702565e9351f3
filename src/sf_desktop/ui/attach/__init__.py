"""What every screen that attaches something shares: reading files in, small pictures, and the list of them."""
