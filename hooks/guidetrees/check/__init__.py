"""Rules → problems."""
