"""What the worker of the support desk does: one file per job."""
