"""The model → where answers lead."""
