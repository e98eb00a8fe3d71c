"""The tests of notifications' store."""
