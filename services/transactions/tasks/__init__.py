"""What the ledger does on a schedule."""
