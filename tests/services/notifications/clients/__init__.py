"""The tests of notifications' clients."""
