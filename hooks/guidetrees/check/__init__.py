"""The rules, and the checker that runs them → findings."""
