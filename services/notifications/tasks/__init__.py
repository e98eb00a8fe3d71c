"""What the worker of notifications does: one file per job."""
