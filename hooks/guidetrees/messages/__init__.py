"""The words of the site by language, and the words of a text."""
