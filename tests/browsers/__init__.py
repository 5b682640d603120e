"""Real browsers for the tests: one server for every host, two drivers, one way to report."""
