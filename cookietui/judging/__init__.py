"""What a cookie is for: pure functions from a cookie and what is declared about it to a verdict."""
