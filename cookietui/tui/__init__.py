"""The screen."""

import os

# Read when the library is loaded: what a key changes is then drawn after 8 ms at most, not 16.
os.environ.setdefault("TEXTUAL_FPS", "120")
