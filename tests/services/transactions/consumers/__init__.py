"""Tests of the consumers of the ledger."""
