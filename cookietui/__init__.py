"""See what a website has stored on your computer, why, and delete what you do not need."""

__version__ = "0.1.0"
