"""What takes longer to prove."""
