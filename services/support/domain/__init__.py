"""The rules of the support desk, without clock or I/O."""
