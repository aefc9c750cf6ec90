"""The log, and what is kept beside it: what they promise, their bytes, their files, and group commit."""
