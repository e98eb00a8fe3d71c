"""One file per verb: a pure decision on a view of the ledger."""
