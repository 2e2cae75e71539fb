"""A project without problems → pages."""
