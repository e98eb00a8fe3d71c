"""Customers, branches, products and the contracts of their accounts."""
