"""Tests of `cookietui.stores`."""
