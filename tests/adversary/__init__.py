"""Tools that play against the server: a rough network, kills, bad input, slow readers, a failing disk.

Each has a short form among the tests and a long form to start by hand: `python -m tests.adversary.convergence`,
`python -m tests.adversary.crash`, `python -m tests.adversary.slow_reader`.
"""
