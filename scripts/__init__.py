"""How Kern is set up, built and checked: what `./run` calls. Standard library only, since nothing is installed yet."""
