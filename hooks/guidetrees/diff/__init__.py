"""Two versions of a project → what has changed, in words."""
