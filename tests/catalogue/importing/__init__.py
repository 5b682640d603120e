"""Tests of reading policies that others wrote."""
