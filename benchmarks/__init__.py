"""The same work as others do, measured beside it in one run; ratios, never seconds alone."""
