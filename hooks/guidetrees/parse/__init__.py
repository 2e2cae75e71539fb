"""Values → the model; pages of docs/ → HTML that passed the allowlist."""
