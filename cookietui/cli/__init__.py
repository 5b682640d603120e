"""The command line: every verb of the screen, for scripts."""
