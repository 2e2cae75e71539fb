# The engine's.
