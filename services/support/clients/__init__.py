"""What the support desk asks of other services."""
