"""What the workshop means: its facts, its commands and its rules. Pure: no clock, no randomness, no I/O."""
