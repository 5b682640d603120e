"""Policies that others wrote: a document in any shape becomes declarations and problems."""
