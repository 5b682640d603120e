"""Tests of what becomes of a cookie and a word about it."""
