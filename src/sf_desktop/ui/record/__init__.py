"""Writing any record that is signed, from its description alone."""
