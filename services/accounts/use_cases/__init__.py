"""What accounts can do, one file per verb."""
