"""The rules, one function each, with an example as a decorator."""
