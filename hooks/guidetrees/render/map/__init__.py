"""A tree as a drawn map."""
