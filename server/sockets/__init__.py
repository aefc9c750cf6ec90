"""A connection's side of the protocol, and the shells around it."""
