"""The practice's rules as pure questions about records: laptop and council ask the same ones."""
