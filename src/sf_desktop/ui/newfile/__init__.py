"""The form that opens the file of one family: what it is called, its first person and who works with them."""
