"""The five bounded contexts; none imports another."""
