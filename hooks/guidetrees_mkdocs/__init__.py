"""The MkDocs adapter: hands the pages of the trees to the site builder."""
