"""A family file as one documented zip (docs/bundle.md): what is in it, written and read."""
