"""How a deletion is taken back."""
