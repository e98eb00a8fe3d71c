"""Tests of the house rules: layout, names, locks, documents that must stay true."""
