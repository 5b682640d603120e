"""Tests of `cookietui.safety`."""
