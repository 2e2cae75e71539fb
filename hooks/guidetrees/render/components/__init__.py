"""A folder for each piece of a page: its typed view, the function that makes it, its markup, style, script."""
