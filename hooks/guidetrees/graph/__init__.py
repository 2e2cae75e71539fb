"""The model → a graph of where answers lead, and what follows from it."""
