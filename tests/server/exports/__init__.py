"""A room whose exports were written by hand."""
