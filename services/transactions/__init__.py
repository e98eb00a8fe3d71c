"""The ledger: it alone decides and books."""
