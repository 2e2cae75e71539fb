"""Commands that a build does not use: JSON Schema, new trees, link checks, exports, releases."""
