"""What accounts asks of other services."""
