"""The tests of support's store."""
