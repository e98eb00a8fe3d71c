"""The tests of notifications' api."""
