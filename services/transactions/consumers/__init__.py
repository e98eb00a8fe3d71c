"""What the ledger does with the facts of other services."""
