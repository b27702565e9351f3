"""The council server: the whole record, held centrally and shared with those who may see it."""
