"""The council’s privacy notice, to be read with a family."""
