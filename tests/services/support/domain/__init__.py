"""The tests of support's domain."""
