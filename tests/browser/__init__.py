"""Browser tests: the built client in Chromium, against a real server."""
