"""What services promise each other."""
