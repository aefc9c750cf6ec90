"""What each event makes of the things on the canvas: the handlers that `domain.evolve` calls."""
