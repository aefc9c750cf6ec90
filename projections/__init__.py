"""What people look at: folds of the log, each rebuilt from it at any time."""
