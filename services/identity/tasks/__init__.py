"""What the worker of identity does: one file per job."""
