"""Rules of the ledger: no clock, no I/O, no framework."""
