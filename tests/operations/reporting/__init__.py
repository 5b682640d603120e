"""The audit report as a page and as Markdown."""
