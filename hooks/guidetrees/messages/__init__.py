"""The texts of the site in each language, and the words of a text."""
