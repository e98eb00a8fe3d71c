"""Tests of accounts: consumers."""
