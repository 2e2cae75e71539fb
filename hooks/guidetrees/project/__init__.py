"""A whole project, loaded, and what is asked of it."""
