"""The tests of the house; README.md beside this file tells where each belongs."""
