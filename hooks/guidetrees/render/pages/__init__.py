"""A folder for each kind of page: its typed view, the function that makes it, its template, style and script."""
