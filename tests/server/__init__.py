"""Tests of how it is served: the log, the committer, the rooms, and what goes with them."""
