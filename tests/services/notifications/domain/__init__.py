"""The tests of notifications' domain."""
