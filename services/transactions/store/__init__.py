"""Tables, writes and reads of the ledger's store."""
