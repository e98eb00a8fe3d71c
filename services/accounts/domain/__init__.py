"""The rules of customers and accounts, in plain Python."""
