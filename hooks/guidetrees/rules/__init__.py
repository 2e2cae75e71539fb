"""The rules, by what they look at. Each takes the project and yields its problems; `check` lists them."""
