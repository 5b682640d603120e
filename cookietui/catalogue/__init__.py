"""What policies say: the built-in ones, the person's own, and how they are matched."""
