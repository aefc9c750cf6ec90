"""Rooms, committer and sessions under a scheduler that the test controls: every interleaving comes from one seed.

`python -m tests.server.simulation --steps 1000000 --seed 1` runs it for long.
"""
