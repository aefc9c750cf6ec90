"""The rules of docs/protocol.md: each is quoted by a test that shows it, as `Rule L1.` or `Rules L1, L2.`."""
