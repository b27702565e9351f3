"""The folder of one vault on the disk: its files, who may open them, and the encrypted contents beside the database."""
