"""The verbs: what a person can do, each in one transaction, each answering with what it changed."""
