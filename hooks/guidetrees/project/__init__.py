"""The loaded project, and what is asked of it: references, URLs, coverage."""
