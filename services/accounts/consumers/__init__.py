"""What accounts does about facts of others."""
