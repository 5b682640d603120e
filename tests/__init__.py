"""Tests of cookietui."""
