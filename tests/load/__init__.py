"""A load driver for one's own machine: `python -m tests.load --rooms 50 --people 10 --seconds 5 [--rewording]`."""
