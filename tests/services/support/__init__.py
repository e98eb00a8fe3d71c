"""The tests of support."""
