"""The tests of support's use_cases."""
