"""What identity can do, one file per verb."""
