"""Cookies written out for other programs and other people."""
