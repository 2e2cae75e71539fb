"""Pages → the files that a search in the browser reads."""
