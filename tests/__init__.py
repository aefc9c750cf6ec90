"""The tests: given, when, then; the tools that play against the server; their support."""
