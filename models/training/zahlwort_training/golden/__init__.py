"""What other implementations compute, for the tests to compare our own with."""
