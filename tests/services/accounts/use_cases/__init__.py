"""Tests of accounts: use_cases."""
