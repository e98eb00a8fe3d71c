"""Tests of accounts: domain."""
