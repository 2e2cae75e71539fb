"""The texts of the site and the messages to authors in each language, and the words of a text."""
