"""The HTTP resources of accounts."""
