"""What accounts does on a schedule."""
