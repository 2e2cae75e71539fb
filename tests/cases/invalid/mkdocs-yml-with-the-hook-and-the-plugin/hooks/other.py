# A hook of the project's own.
