"""Tests of the files of cookies that people already have."""
