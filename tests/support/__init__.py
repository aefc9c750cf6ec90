"""What the tests know of the contract, written apart from the product.

Nothing in here imports `domain`, `projections` or `server`: canonical JSON, digests, patches and the live protocol
are written a second time, so that a mistake in the product is not copied into what judges it.
"""
