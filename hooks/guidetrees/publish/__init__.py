"""Pages → a site folder."""
