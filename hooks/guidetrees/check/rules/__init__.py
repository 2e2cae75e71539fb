"""The rules: one function each, decorated with its example."""
