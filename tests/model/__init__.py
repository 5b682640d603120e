"""Tests of `cookietui.model`."""
