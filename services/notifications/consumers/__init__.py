"""What notifications does when other services tell facts: one file per fact."""
