"""Files → text and YAML values with their locations."""
