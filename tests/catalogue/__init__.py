"""Tests of policies, their matching, and the person's own word."""
