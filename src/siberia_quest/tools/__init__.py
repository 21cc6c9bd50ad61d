"""What an author runs: check, test, explore and the rest. They return values and print nothing."""
