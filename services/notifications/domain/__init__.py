"""The rules of notifications, without clock or I/O."""
