"""The tests of notifications' consumers."""
