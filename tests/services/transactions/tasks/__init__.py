"""Tests of the ledger's schedule."""
