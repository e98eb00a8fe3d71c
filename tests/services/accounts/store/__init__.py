"""Tests of accounts: store."""
