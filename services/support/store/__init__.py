"""The support desk's own store."""
