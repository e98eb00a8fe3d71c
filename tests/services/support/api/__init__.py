"""The tests of support's api."""
