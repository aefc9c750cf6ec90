"""Taking a name or a text out of everything that is kept."""
