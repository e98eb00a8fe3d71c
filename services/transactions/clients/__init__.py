"""What the ledger asks of others, and its worker of the writer."""
