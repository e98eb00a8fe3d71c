"""The tests of notifications' tasks."""
