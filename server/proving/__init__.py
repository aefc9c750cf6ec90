"""That a log was not altered: the chain, checkpoints and the key that signs them."""
