"""What the command line does with a data folder."""
