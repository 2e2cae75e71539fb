"""A tree drawn as a map."""
