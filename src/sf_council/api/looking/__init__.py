"""What a signed-in worker asks for one by one, apart from rounds."""
