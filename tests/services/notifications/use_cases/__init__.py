"""The tests of notifications' use_cases."""
